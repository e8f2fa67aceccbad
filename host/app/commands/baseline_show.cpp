// `assay baseline show`: the figures that series are held against.
#include "app/baselines/disagreements.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/baselines/shown_baselines.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "catalog/catalog.hpp"
#include "tracking/ended_series.hpp"

#include <filesystem>

namespace assay::app {
namespace {

// Of all series of the history; none where there is no history yet: the file can do without.
Result<std::vector<tracking::SeriesBaseline>> stored_series(const Invocation& invocation,
                                                            const history::BaselinesFile& file) {
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
    if (!opened) {
        const bool file_alone =
            opened.error().kind == ErrorKind::missing && !file.platforms.empty();
        return file_alone ? Result<std::vector<tracking::SeriesBaseline>>(
                                std::vector<tracking::SeriesBaseline>{})
                          : opened.error();
    }
    Result<std::vector<history::SeriesRow>> rows = opened->store->series({});
    if (!rows) {
        return rows.error();
    }
    if (Status kept = tracking::keep_current(*opened->store, *rows); !kept) {
        return kept.error();
    }
    return tracking::series_baselines(*opened->store, std::move(*rows), file);
}

// A misspelt platform is no platform without baselines.
Status check_recorded_platform(const Invocation& invocation, const history::BaselinesFile& file) {
    if (!invocation.options.contains("--platform") ||
        file.platforms.contains(invocation.value("--platform").value_or(""))) {
        return {};
    }
    const Result<OpenedHistory> opened =
        open_history(invocation, {.read_only = true}, Projects::all);
    const Narrowing asked{.platform = invocation.value("--platform"), .platform_typed = true};
    return opened ? check_known(*opened->store, asked) : Status();
}

} // namespace

Result<std::vector<ShownBaseline>>
set_baselines(const Invocation& invocation, const Messages& say, const ShownChoice& choice) {
    const auto project = catalog::find_project(std::filesystem::current_path());
    const Result<ProjectBaselines> ours = load_project_baselines(invocation, project);
    if (!ours) {
        return ours.error();
    }
    const auto series = stored_series(invocation, ours->file());
    if (!series) {
        return series.error();
    }
    for (const RunWarning& one : disagreements(*series, ours->path())) {
        say.warning(one.text, one.next);
    }
    if (Status known = check_recorded_platform(invocation, ours->file()); !known) {
        return known.error();
    }
    return shown_baselines(*series, ours->file(), choice);
}

int baseline_show(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<std::vector<ShownBaseline>> all = set_baselines(
        invocation,
        say,
        {.case_words =
             invocation.words.empty() ? std::nullopt : std::optional(invocation.words.front()),
         .metric = invocation.value("--metric"),
         .platform = invocation.value("--platform")});
    if (!all) {
        return report(say, all.error());
    }
    if (all->empty()) {
        return report(say,
                      {.kind = ErrorKind::missing,
                       .message = "no baseline matches",
                       .hint = "'assay baseline update' proposes figures out of the history, "
                               "'assay baseline import FILE' takes those of a file"});
    }
    if (format_of(invocation) == "json") {
        return print_result(say, history::baselines_text(baselines_file(*all)));
    }
    return print_result(say,
                        format_of(invocation) == "csv" ? baselines_rows(*all).csv()
                                                       : baselines_table(*all).aligned());
}

} // namespace assay::app
