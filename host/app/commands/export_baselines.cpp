#include "app/commands/export_baselines.hpp"

#include "app/baselines/project_baselines.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/history/outside_file.hpp"
#include "catalog/catalog.hpp"
#include "history/older_baselines.hpp"

#include <filesystem>

namespace assay::app {
namespace {

// Baselines are of no run.
Status check_baselines_options(const Invocation& invocation) {
    for (const char* const option :
         {"--run", "--runs", "--days", "--since", "--branch", "--direction"}) {
        if (invocation.options.contains(option)) {
            return Error{.kind = ErrorKind::usage,
                         .message = std::string(option) + " chooses among runs, and " +
                                    std::string(kBaselinesFormat) + " holds what is set",
                         .hint = "--platform, --metric and one FILTER narrow it"};
        }
    }
    const bool several = invocation.words.size() > 2 || invocation.values("--metric").size() > 1;
    return several ? Status(Error{.kind = ErrorKind::usage,
                                  .message = std::string(kBaselinesFormat) +
                                             " takes one FILTER and one --metric",
                                  .hint = "a regular expression names several cases"})
                   : Status();
}

// What somebody wrote about a platform into the project's file.
Status add_metadata(const Invocation& invocation, history::BaselinesFile& file) {
    const auto project = catalog::find_project(std::filesystem::current_path());
    const Result<ProjectBaselines> ours = load_project_baselines(invocation, project);
    if (!ours) {
        return ours.error();
    }
    for (const auto& [label, platform] : ours->file().platforms) {
        if (const auto there = file.platforms.find(label); there != file.platforms.end()) {
            there->second.metadata = platform.metadata;
        }
    }
    return {};
}

Result<history::OlderText> made_text(const Invocation& invocation, const Messages& say) {
    if (Status fit = check_baselines_options(invocation); !fit) {
        return fit.error();
    }
    const auto all = set_baselines(invocation,
                                   say,
                                   {.case_words = invocation.words.size() < 2
                                                      ? std::nullopt
                                                      : std::optional(invocation.words[1]),
                                    .metric = invocation.value("--metric"),
                                    .platform = invocation.value("--platform")});
    if (!all) {
        return all.error();
    }
    history::BaselinesFile file = baselines_file(*all);
    if (Status added = add_metadata(invocation, file); !added) {
        return added.error();
    }
    history::OlderText made = history::older_baselines_text(file);
    if (made.text.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = all->empty() ? "no baseline matches"
                                             : "none of the " + std::to_string(all->size()) +
                                                   " baselines has a name in this layout",
                     .hint = "it knows the metrics that 'assay history record' knows without a "
                             "unit; 'assay baseline show --format json' writes all of them"};
    }
    return made;
}

} // namespace

int export_baselines(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<history::OlderText> made = made_text(invocation, say);
    if (!made) {
        return report(say, made.error());
    }
    const std::string name = invocation.value("--output").value_or("-");
    Result<OutsideFile> out = OutsideFile::create(name);
    const Status written = out ? out->write(made->text) : Status(out.error());
    const Status finished = written ? out->finish() : written;
    if (!finished) {
        return report(say, finished.error());
    }
    for (const std::string& key : made->left_out) {
        say.note("not in " + std::string(kBaselinesFormat) + ": " + key);
    }
    if (name != "-") {
        say.note("wrote " + name);
    }
    return 0;
}

} // namespace assay::app
