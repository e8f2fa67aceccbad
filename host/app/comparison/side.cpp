#include "app/comparison/side.hpp"

#include "app/session/prepared_run.hpp"
#include "catalog/saved_binaries.hpp"

#include <algorithm>
#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// The project's folder, or where there is none the folder we are in: names belong to it.
catalog::SavedBinaries saved_binaries(const fs::path& here) {
    return {catalog::default_binaries_folder(), catalog::find_project(here).value_or(here)};
}

// Only what lies at that place: neither the project's plugins nor the installed ones are a side.
Result<catalog::Places> places_of(const std::string& name, const fs::path& here) {
    const fs::path path = here / name;
    std::error_code failed;
    catalog::Places places;
    if (name.starts_with('@')) {
        const Result<catalog::SavedBuild> build = saved_binaries(here).find(name.substr(1));
        if (!build) {
            return build.error();
        }
        for (const catalog::SavedPlugin& plugin : build->plugins) {
            places.files.push_back(plugin.path);
        }
        return places;
    }
    if (fs::is_directory(path, failed)) {
        places.folders.push_back(path);
    } else if (fs::exists(path, failed)) {
        places.files.push_back(path);
    } else {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + name +
                                "' is neither a plugin file, a folder of plugins nor the "
                                "@name of a saved build",
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

// What was kept is loaded without asking again, so it must be what was kept.
Status check_unchanged(const Side& side, const fs::path& here) {
    if (!side.name.starts_with('@')) {
        return {};
    }
    const Result<catalog::SavedBuild> build = saved_binaries(here).find(side.name.substr(1));
    if (!build) {
        return build.error();
    }
    for (const LoadedPlugin& plugin : side.loaded.plugins) {
        const auto kept =
            std::ranges::find(build->plugins, plugin.entry.path, &catalog::SavedPlugin::path);
        if (kept == build->plugins.end() || !plugin.stored ||
            plugin.stored->sha256 != kept->sha256) {
            return Error{.kind = ErrorKind::untrusted,
                         .message = plugin.entry.path.string() +
                                    " changed since it was saved as '" + side.name + "'",
                         .hint = "build it again and save it: assay baseline save " +
                                 side.name.substr(1)};
        }
    }
    return {};
}

// Describes and plans what lies at those places.
Result<Side> open_at(std::string name,
                     catalog::Places places,
                     const Settings& settings,
                     const plan::Selection& selection) {
    Settings own = settings;
    own.places = std::move(places);
    Result<LoadedPlugins> loaded = load_suites(own, {.store = true});
    if (!loaded) {
        return loaded.error();
    }
    Side side;
    side.name = std::move(name);
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

} // namespace

Result<Side> open_side(const std::string& name,
                       const fs::path& here,
                       const Settings& settings,
                       const plan::Selection& selection) {
    Result<catalog::Places> places = places_of(name, here);
    if (!places) {
        return places.error();
    }
    Result<Side> side = open_at(name, std::move(*places), settings, selection);
    if (!side) {
        return side;
    }
    if (const Status unchanged = check_unchanged(*side, here); !unchanged) {
        return unchanged.error();
    }
    return side;
}

Result<Side> open_todays_side(const Settings& settings, const plan::Selection& selection) {
    catalog::Places places = settings.places;
    places.installed.clear();
    Result<Side> side = open_at("today's build", std::move(places), settings, selection);
    if (!side) {
        return side;
    }
    if (side->loaded.project_untrusted) {
        return Error{.kind = ErrorKind::untrusted,
                     .message = "nothing was measured: " + side->loaded.project_reason,
                     .hint = "look at it with 'assay trust show', then 'assay trust add'"};
    }
    if (side->suites.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "there is no suite plugin in the project's .assay/plugins, and "
                                "none was named",
                     .hint = "name today's build: --plugin FILE or --plugin-dir DIR"};
    }
    return side;
}

} // namespace assay::app
