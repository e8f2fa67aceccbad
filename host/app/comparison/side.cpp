#include "app/comparison/side.hpp"

#include "app/session/prepared_run.hpp"

#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// Only what lies at that place: neither the project's plugins nor the installed ones are a side.
Result<catalog::Places> places_of(const std::string& name, const fs::path& here) {
    const fs::path path = here / name;
    std::error_code failed;
    catalog::Places places;
    if (fs::is_directory(path, failed)) {
        places.folders.push_back(path);
    } else if (fs::exists(path, failed)) {
        places.files.push_back(path);
    } else {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + name + "' is neither a plugin file nor a folder of plugins",
                     .hint = "give the build to compare, such as build/router.assay.so"};
    }
    return places;
}

// A plugin that was named and cannot be used, or a suite that cannot be described, would silently
// shrink the comparison: it ends it.
Status check_usable(const Side& side) {
    for (const LoadedPlugin& plugin : side.loaded.plugins) {
        if (plugin.entry.state == catalog::EntryState::refused) {
            return Error{.kind = ErrorKind::plugin, .message = plugin.entry.reason, .hint = {}};
        }
    }
    for (const LoadFailure& failure : side.loaded.failures) {
        Error error = failure.error;
        error.message = side.loaded.plugins[failure.plugin].entry.path.string() + ": " +
                        (failure.suite.empty() ? "" : "suite '" + failure.suite + "': ") +
                        error.message;
        return error;
    }
    return {};
}

} // namespace

Result<Side> open_side(const std::string& name,
                       const fs::path& here,
                       const Settings& settings,
                       const plan::Selection& selection) {
    Result<catalog::Places> places = places_of(name, here);
    if (!places) {
        return places.error();
    }
    Settings own = settings;
    own.places = std::move(*places);
    Result<LoadedPlugins> loaded = load_suites(own, {.store = true});
    if (!loaded) {
        return loaded.error();
    }
    Side side;
    side.name = name;
    side.loaded = std::move(*loaded);
    if (const Status usable = check_usable(side); !usable) {
        return usable.error();
    }
    std::vector<plan::PlannedSuite> planned;
    for (const LoadedSuite& suite : side.loaded.suites) {
        planned.push_back({.plugin = suite.plugin, .description = suite.description});
        side.suites.push_back(session_suite(side.loaded, suite));
    }
    Result<plan::Plan> plan = plan::make_plan(planned, selection);
    if (!plan) {
        side.unmatched = plan.error();
        return side;
    }
    side.cases = std::move(plan->cases);
    return side;
}

} // namespace assay::app
