// One side of a comparison: where a build is, and what it can measure.
//
//   Result<Side> old = open_side("build-main/router.assay.so", settings, selection);
//
// OLD and NEW each name a plugin file, a folder of plugins, or a saved build ("@main"). Starts a
// worker for a plugin that was never described. Called from one thread.
#pragma once

#include "app/plugin_loading.hpp"
#include "app/session/session_options.hpp"
#include "app/settings.hpp"
#include "plan/plan.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace assay::app {

struct Side {
    std::string name;                 // as typed
    LoadedPlugins loaded;             // of this place alone
    std::vector<SessionSuite> suites; // what `cases` refer to by their `suite`
    std::vector<plan::PlannedCase> cases;
    // No filter of the selection matched anything here; the other side may still have it.
    std::optional<Error> unmatched;
};

// The names of both sides stand for the same suites: settings and selection are common. Errors:
// usage (no such place, a bad filter), config, and whatever makes the plugins of a named file
// unusable (plugin).
Result<Side> open_side(const std::string& name,
                       const std::filesystem::path& here,
                       const Settings& settings,
                       const plan::Selection& selection);

// Today's build: the plugins of the project and those that were named, whatever is installed.
// Errors as above, and missing (there are none), untrusted.
Result<Side> open_todays_side(const Settings& settings, const plan::Selection& selection);

} // namespace assay::app
