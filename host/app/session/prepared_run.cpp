#include "app/session/prepared_run.hpp"

#include "app/selection.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <filesystem>

namespace assay::app {
namespace {

// Denied, changed since it was allowed, never looked at, unreadable: the catalog knows which.
std::string why_untrusted(const LoadedPlugins& loaded) {
    for (const LoadedPlugin& plugin : loaded.plugins) {
        if (plugin.entry.state == catalog::EntryState::untrusted && !plugin.entry.reason.empty()) {
            return plugin.entry.reason;
        }
    }
    return "nobody allowed the plugins of this project: look at them with 'assay trust show', then "
           "'assay trust add'";
}

Error untrusted_project(const LoadedPlugins& loaded) {
    return Error{ErrorKind::untrusted,
                 "nothing was run: " + why_untrusted(loaded),
                 "--skip-untrusted runs the rest, and still exits 6"};
}

// Who names a file wants that one measured: the others alone are not what was asked for.
bool named_is_missing(const LoadedPlugins& loaded) {
    const bool refused = std::ranges::any_of(loaded.plugins, [](const LoadedPlugin& plugin) {
        return plugin.entry.named && plugin.entry.state == catalog::EntryState::refused;
    });
    return refused || std::ranges::any_of(loaded.failures, [&](const LoadFailure& failure) {
               return loaded.plugins[failure.plugin].entry.named;
           });
}

// Why a plan without cases is one; nothing when it has some.
std::optional<std::string> emptiness(const plan::Plan& plan, const plan::Selection& selection) {
    if (!plan.cases.empty()) {
        return std::nullopt;
    }
    if (plan.expanded == 0) {
        return "no plugin provides a case";
    }
    if (plan.selected == 0) {
        return "the exclusions leave no case";
    }
    return "shard " + std::to_string(selection.shard->index) + "/" +
           std::to_string(selection.shard->count) + " holds no case";
}

} // namespace

SessionSuite session_suite(const LoadedPlugins& loaded, const LoadedSuite& suite) {
    const LoadedPlugin& plugin = loaded.plugins[suite.plugin];
    SessionSuite session;
    session.plugin_id = plugin.entry.manifest.id;
    session.plugin_version = plugin.entry.manifest.version;
    if (plugin.stored) {
        session.plugin_path = plugin.stored->path.string();
        session.sha256 = plugin.stored->sha256;
        session.content = plugin.stored->content;
    }
    session.unoptimised = plugin.entry.manifest.optimised == false;
    session.description = suite.description;
    session.config_json = suite.config_json;
    return session;
}

Result<PreparedRun> prepare_run(const Invocation& invocation, const Messages& say) {
    PreparedRun run;
    auto settings = settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    run.settings = std::move(*settings);
    if (invocation.has("--ci") && !invocation.options.contains("--mode")) {
        run.settings.session.mode = plan::Mode::standard;
    }
    auto loaded = load_suites(run.settings, {.store = true});
    if (!loaded) {
        return loaded.error();
    }
    run.loaded = std::move(*loaded);
    if (run.loaded.project_untrusted && !invocation.has("--skip-untrusted")) {
        return untrusted_project(run.loaded);
    }
    run.code = tell_problems(say, run.loaded);
    if (!run.settings.withheld.empty()) {
        say.warning("left out of the project's .assay/assay.json, because nobody trusts it: " +
                        join(run.settings.withheld, ", "),
                    "assay trust show");
    }
    if (run.loaded.project_untrusted) {
        say.warning("the project's plugins are skipped: nobody trusts them", "assay trust show");
        run.code = graver(run.code, ExitCode::untrusted);
    }

    if (named_is_missing(run.loaded)) {
        run.code = graver(run.code, ExitCode::failed);
        run.nothing_to_do = "nothing was measured: what --plugin names cannot be loaded";
        return run;
    }
    if (run.loaded.suites.empty() && run.code == ExitCode::failed) {
        // A filter that matches nothing now would be told as the user's fault.
        run.nothing_to_do = "no plugin could be loaded";
        return run;
    }
    auto selection = selection_from(invocation, run.settings.session.mode);
    if (!selection) {
        return selection.error();
    }
    selection->order_seed = run.settings.session.order_seed;
    std::vector<plan::PlannedSuite> planned;
    for (const LoadedSuite& suite : run.loaded.suites) {
        planned.push_back({.plugin = suite.plugin, .description = suite.description});
        run.suites.push_back(session_suite(run.loaded, suite));
    }
    auto plan = plan::make_plan(planned, *selection);
    if (!plan) {
        return plan.error();
    }
    run.plan = std::move(*plan);
    run.nothing_to_do = emptiness(run.plan, *selection);
    return run;
}

} // namespace assay::app
