// `assay baseline unpin`: takes back what a series was held against by hand, or by an update. The
// history keeps every figure that ever counted, so this is a row of its own.
#include "app/baselines/approval.hpp"
#include "app/baselines/one_series.hpp"
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

history::BaselineRow withdrawing(const tracking::SeriesBaseline& set, const std::string& why) {
    history::BaselineRow row{.series_id = set.row.id,
                             .policy = std::string(history::kWithdrawn),
                             .center = set.current()->value,
                             .from_run = {},
                             .to_run = {},
                             .who = who_decides(),
                             .why = why.empty() ? "taken back" : why,
                             .created = now_nanoseconds()};
    if (set.stored) {
        row.previous = set.stored->id;
    }
    return row;
}

Result<std::string> unpinned(const Invocation& invocation) {
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return opened.error();
    }
    Result<ProjectBaselines> ours = load_project_baselines(invocation, opened->project);
    if (!ours) {
        return ours.error();
    }
    const auto series = one_series(*opened->store, invocation);
    if (!series) {
        return series.error();
    }
    const auto set = tracking::series_baselines(*opened->store, {*series}, ours->file());
    if (!set) {
        return set.error();
    }
    const std::string name =
        tracking::series_name(series->series) + " on " + series->series.platform.label;
    const auto figure = set->front().current();
    if (!figure) {
        return Error{.kind = ErrorKind::missing,
                     .message = "nobody has set what " + name + " is held against",
                     .hint = "'assay baseline show' lists the figures that are set"};
    }
    const std::string why(trim(invocation.value("--why").value_or("")));
    if (const auto added = opened->store->add_baselines({withdrawing(set->front(), why)}); !added) {
        return added.error();
    }
    if (ours->remove(series->series)) {
        if (Status saved = ours->save(); !saved) {
            return saved.error();
        }
    }
    return "took back " + verdict::figure_text(figure->value, figure->unit) + " (" +
           (figure->policy.empty() ? "set" : figure->policy) + ") of " + name +
           ": it is held against its own runs again\n";
}

} // namespace

int baseline_unpin(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<std::string> done = unpinned(invocation);
    return done ? print_result(say, printable(*done)) : report(say, done.error());
}

} // namespace assay::app
