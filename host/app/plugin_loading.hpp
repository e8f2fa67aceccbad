// From places to suites that can be planned: catalog, trust, content store, description, settings.
// `run` and `list` both begin with it.
//
//   auto loaded = load_suites(settings, {.store = true});
//   const ExitCode told = tell_problems(say, *loaded);
//   for (const LoadedSuite& suite : loaded->suites) ...
//
// Starts at most one worker per plugin, several plugins at once, and none for what was described
// before. Called from one thread.
#pragma once

#include "app/exit_code.hpp"
#include "app/message.hpp"
#include "app/settings.hpp"
#include "catalog/catalog.hpp"
#include "catalog/store.hpp"
#include "measure/description.hpp"
#include "support/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

struct LoadedPlugin {
    catalog::CatalogEntry entry;
    std::optional<catalog::StoredPlugin> stored; // the copy that may be loaded
};

// A suite as it stands with its settings. `plugin`: index in LoadedPlugins::plugins.
struct LoadedSuite {
    std::size_t plugin = 0;
    measure::SuiteDescription description;
    std::string config_json; // canonical, defaults filled in
};

// A usable plugin, or one suite of it, that turned out not to be.
struct LoadFailure {
    std::size_t plugin = 0;
    std::string suite; // empty: the plugin as a whole
    Error error;
};

struct LoadedPlugins {
    std::vector<LoadedPlugin> plugins; // every entry of the catalog, in its order
    std::vector<LoadedSuite> suites;   // in the order of plugins and their manifests
    std::vector<LoadFailure> failures;
    std::vector<std::string> warnings;
    bool project_untrusted = false;
    std::string project_reason; // why, with what to do about it
};

// A suite that needs longer to say what it has is broken: describing does no I/O and opens nothing.
// --timeout overrides it, as every deadline.
inline constexpr std::chrono::milliseconds kDescribeTimeout{10'000};

struct LoadOptions {
    bool store = false;   // every usable plugin gets its loadable copy; hashes are taken anew
    bool describe = true; // false: plugins only
};

// Errors: kind usage (a named place is missing; two plugins with a suite of one name), config (a
// suite's settings do not fit its schema). Everything else is a failure of its plugin alone.
Result<LoadedPlugins> load_suites(const Settings& settings, LoadOptions options);

// Says what went wrong and gives the exit code it amounts to: 3 for a plugin that somebody named or
// that broke, 0 for what is only worth a warning.
ExitCode tell_problems(const Messages& say, const LoadedPlugins& loaded);

// The usable plugin that provides `name` of that kind ("assay.reporter/1"), or nullptr.
const LoadedPlugin*
provider_of(const LoadedPlugins& loaded, std::string_view kind, std::string_view name) noexcept;

} // namespace assay::app
