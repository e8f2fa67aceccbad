// `assay baseline pin`: a person says what a series is held against, and why.
#include "app/baselines/approval.hpp"
#include "app/baselines/one_series.hpp"
#include "app/baselines/pinned_figure.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/commands/baseline_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "support/text.hpp"
#include "tracking/series_baseline.hpp"
#include "tracking/series_choice.hpp"
#include "verdict/amount.hpp"

namespace assay::app {
namespace {

history::BaselineRow row_of(const history::SeriesRow& series,
                            const PinnedFigure& figure,
                            const std::optional<history::BaselineRow>& before,
                            const std::string& why) {
    history::BaselineRow row{.series_id = series.id,
                             .policy = "pinned",
                             .center = figure.center,
                             .spread = figure.spread,
                             .n = figure.run.empty() ? 0 : 1,
                             .from_run = figure.run,
                             .to_run = figure.run,
                             .who = who_decides(),
                             .why = why,
                             .created = now_nanoseconds()};
    if (!figure.run.empty()) {
        row.evidence = {figure.run};
    }
    if (before) {
        row.previous = before->id;
    }
    return row;
}

Status keep(ProjectBaselines& ours,
            const history::Series& series,
            const history::BaselineRow& row,
            const PinnedFigure& pinned) {
    if (ours.path().empty()) {
        return {};
    }
    history::BaselineFigure figure = tracking::figure_of(row, series);
    figure.commit = pinned.commit;
    figure.branch = pinned.branch;
    if (Status set = ours.set(series, std::move(figure)); !set) {
        return set;
    }
    ours.sign(series.platform.label, row.created, pinned.commit, pinned.branch);
    return ours.save();
}

Result<std::string> pinned(const Invocation& invocation) {
    const std::string why(trim(invocation.value("--why").value_or("")));
    if (why.empty()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "a pinned baseline needs its reason",
                     .hint = "--why 'accepted: exact search instead of approximate'"};
    }
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return opened.error();
    }
    history::Store& store = *opened->store;
    Result<ProjectBaselines> ours = load_project_baselines(invocation, opened->project);
    if (!ours) {
        return ours.error();
    }
    const auto series = one_series(store, invocation);
    if (!series) {
        return series.error();
    }
    const auto figure = pinned_figure(store, series->series, invocation.words[2]);
    if (!figure) {
        return figure.error();
    }
    const auto before = tracking::series_baselines(store, {*series}, ours->file());
    if (!before) {
        return before.error();
    }
    const history::BaselineRow row = row_of(*series, *figure, before->front().stored, why);
    if (const auto added = store.add_baselines({row}); !added) {
        return added.error();
    }
    if (Status kept = keep(*ours, series->series, row, *figure); !kept) {
        return kept.error();
    }
    const auto old_figure = before->front().current();
    return "pinned " + tracking::series_name(series->series) + " on " +
           series->series.platform.label + " to " +
           verdict::figure_text(row.center, series->series.unit) + ", before " +
           (old_figure ? verdict::figure_text(old_figure->value, old_figure->unit) : "none") + "\n";
}

} // namespace

int baseline_pin(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<std::string> done = pinned(invocation);
    return done ? print_result(say, printable(*done)) : report(say, done.error());
}

} // namespace assay::app
