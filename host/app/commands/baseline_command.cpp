// `assay baseline save, list`: builds kept by name, so that a later build can be measured against
// them.
#include "app/commands/baseline_command.hpp"

#include "app/commands/shared_options.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/plugin_loading.hpp"
#include "app/session/git_state.hpp"
#include "app/session/run_document.hpp"
#include "app/settings.hpp"
#include "app/text_table.hpp"
#include "catalog/saved_binaries.hpp"

#include <algorithm>
#include <filesystem>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

catalog::SavedBinaries saved_binaries(const fs::path& here) {
    return {catalog::default_binaries_folder(), catalog::find_project(here).value_or(here)};
}

// The plugins of the project and those that were named; installed ones are nobody's build.
std::vector<catalog::SavedPlugin> plugins_to_save(const LoadedPlugins& loaded) {
    std::vector<catalog::SavedPlugin> plugins;
    for (const LoadedPlugin& plugin : loaded.plugins) {
        const bool is_ours = plugin.entry.tier != catalog::Tier::installed;
        const bool is_suite =
            std::ranges::any_of(plugin.entry.manifest.provides, [](const auto& provided) {
                return provided.kind == ASSAY_KIND_SUITE;
            });
        if (is_ours && is_suite && plugin.stored) {
            plugins.push_back({.id = plugin.entry.manifest.id,
                               .version = plugin.entry.manifest.version,
                               .sha256 = plugin.stored->sha256,
                               .path = plugin.stored->path});
        }
    }
    return plugins;
}

std::string plugin_lines(const catalog::SavedBuild& build) {
    std::string text;
    for (const catalog::SavedPlugin& plugin : build.plugins) {
        text += "  " + plugin.id + " " + plugin.version + "  sha256:" + plugin.sha256 + "\n";
    }
    return text;
}

// What the name meant until now, where that is another build.
std::string replaced_text(const catalog::SavedBuild& before, const catalog::SavedBuild& now) {
    const auto same = [](const catalog::SavedPlugin& a, const catalog::SavedPlugin& b) {
        return a.sha256 == b.sha256;
    };
    if (std::ranges::equal(before.plugins, now.plugins, same)) {
        return "";
    }
    return "it was the build of " + before.saved + " before:\n" + plugin_lines(before);
}

int baseline_save(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const fs::path here = fs::current_path();
    auto settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return report(say, settings.error());
    }
    auto loaded = load_suites(*settings, {.store = true, .describe = false});
    if (!loaded) {
        return report(say, loaded.error());
    }
    if (loaded->project_untrusted) {
        return report(say,
                      {.kind = ErrorKind::untrusted,
                       .message = "nothing was saved: " + loaded->project_reason,
                       .hint = "look at it with 'assay trust show', then 'assay trust add'"});
    }
    const ExitCode told = tell_problems(say, *loaded);
    catalog::SavedBuild build{.name = invocation.words.front(),
                              .saved = utc_text(unix_now_ns()),
                              .git = git_state("."),
                              .plugins = plugins_to_save(*loaded)};
    if (build.plugins.empty()) {
        return report(say,
                      {.kind = ErrorKind::missing,
                       .message = "nothing was saved: there is no suite plugin in the project's "
                                  ".assay/plugins, and none was named",
                       .hint = "name the build: --plugin FILE or --plugin-dir DIR"});
    }
    const auto before = saved_binaries(here).find(build.name); // nothing: nobody had the name
    const auto saved = saved_binaries(here).save(build);
    if (!saved) {
        return report(say, saved.error());
    }
    std::string text = "saved as @" + saved->name + ":\n" + plugin_lines(*saved);
    text += before ? replaced_text(*before, *saved) : "";
    text += "next: assay compare @" + saved->name + " NEW\n";
    return static_cast<int>(graver(told, static_cast<ExitCode>(print_result(say, text))));
}

int baseline_list(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const auto builds = saved_binaries(fs::current_path()).all();
    if (!builds) {
        return report(say, builds.error());
    }
    TextTable table({"name", "saved", "commit", "plugin", "version", "sha256"});
    for (const catalog::SavedBuild& build : *builds) {
        for (const catalog::SavedPlugin& plugin : build.plugins) {
            table.add({"@" + build.name,
                       build.saved,
                       json_string(build.git, "sha").substr(0, 12),
                       plugin.id,
                       plugin.version,
                       plugin.sha256.substr(0, 12)});
        }
    }
    return print_result(say, table.aligned());
}

} // namespace

std::vector<CommandSpec> saved_build_specs() {
    const std::string group = "Plugins";
    CommandSpec save{
        .name = "baseline save",
        .summary = "keep the project's plugins by name",
        .examples = {"assay baseline save main",
                     "assay baseline save v1.2 --plugin build/router.assay.so"},
        .positionals = {{.name = "NAME", .help = "what it is called: @NAME", .required = true}},
        .options = plugin_options(group),
        .notes = "Kept by content hash in this user's data folder; a name moves to what is saved "
                 "under it last.",
        .run = baseline_save,
    };
    CommandSpec list{
        .name = "baseline list",
        .summary = "the builds kept for this project",
        .examples = {"assay baseline list"},
        .run = baseline_list,
    };
    return {std::move(save), std::move(list)};
}

} // namespace assay::app
