// `assay history backup, compact, exclude`: keeping the history in order.
#include "app/baselines/approval.hpp"
#include "app/commands/history_command.hpp"
#include "app/history/exclusion.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/overview.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::app {
namespace {

// Who is no case of the run, and who might be meant.
Error no_such_case(const history::Run& run, const std::string& case_id) {
    std::vector<std::string> cases;
    for (const history::Point& point : run.points) {
        cases.push_back(point.series.case_id);
    }
    return {.kind = ErrorKind::usage,
            .message =
                "run " + run.uuid + " has no case '" + case_id + "'" + did_you_mean(case_id, cases),
            .hint = "'assay history show " + run.uuid + "' lists its cases"};
}

bool has_case(const history::Run& run, const std::string& case_id) {
    return std::ranges::any_of(run.points, [&case_id](const history::Point& point) {
        return point.series.case_id == case_id;
    });
}

// Of an exclusion that was there, and of taking back what nobody excluded.
int print_unchanged(const Messages& say,
                    history::Store& store,
                    const history::Run& run,
                    const std::string& named,
                    bool undo) {
    if (run.points.empty()) {
        return print_result(say, "nothing changed: " + named + " has no figure that could count\n");
    }
    const auto verdicts = store.verdicts(run.uuid);
    if (!verdicts) {
        return report(say, verdicts.error());
    }
    return print_result(say,
                        "nothing changed: what was meant of " + named +
                            (undo ? " counts already\n" : " is excluded already\n") +
                            exclusions_text(*verdicts));
}

// A copy or a look changes nothing, so the history may lie where nothing can be written. One of an
// older schema is brought up to date first, as whoever reads the copy would have to.
Result<OpenedHistory> open_unchanged(const Invocation& invocation) {
    Result<OpenedHistory> opened = open_history(invocation, {.read_only = true}, Projects::all);
    const bool older = !opened && opened.error().kind == ErrorKind::config;
    return older ? open_history(invocation, {}, Projects::all) : std::move(opened);
}

} // namespace

int history_backup(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_unchanged(invocation);
    if (!opened) {
        return report(say, opened.error());
    }
    const std::string& file = invocation.words.front();
    if (const Status done = opened->store->backup(file); !done) {
        return report(say, done.error());
    }
    return print_result(say,
                        "wrote " + file + ", checked: a whole copy of " + opened->store->where() +
                            "\nnext: assay history stats --history " + file + "\n");
}

int history_compact(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = invocation.has("--dry-run")
                                             ? open_unchanged(invocation)
                                             : open_history(invocation, {}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    history::Retention retention{.now = now_nanoseconds(), .dry_run = invocation.has("--dry-run")};
    if (const auto days = invocation.count("--samples-days")) {
        // A lifetime, so that the days fit the clock in nanoseconds.
        constexpr std::uint64_t kDaysMax = 36'500;
        retention.samples_days = static_cast<std::int64_t>(std::min(*days, kDaysMax));
    }
    const auto done = opened->store->compact(retention);
    if (!done) {
        return report(say, done.error());
    }
    return print_table(invocation,
                       say,
                       compacted_table(*done, retention.dry_run, Reader::people),
                       compacted_table(*done, retention.dry_run, Reader::programs),
                       compacted_document(*done, retention.dry_run, opened->store->where()));
}

int history_exclude(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const bool undo = invocation.has("--undo");
    const std::string why(trim(invocation.value("--why").value_or("")));
    if (!undo && why.empty()) {
        return report(say,
                      {.kind = ErrorKind::usage,
                       .message = "an exclusion needs its reason",
                       .hint = "--why 'the backup ran meanwhile'"});
    }
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return report(say, opened.error());
    }
    const auto run = opened->store->run(invocation.words.front());
    if (!run) {
        return report(say, run.error());
    }
    const std::optional<std::string> case_id = invocation.value("--case");
    if (case_id && !has_case(*run, *case_id)) {
        return report(say, no_such_case(*run, *case_id));
    }
    const auto points = opened->store->exclude(run->uuid, case_id, !undo);
    if (!points) {
        return report(say, points.error());
    }
    const std::string other = other_project_of(*opened, *run);
    const std::string named = "run " + run->uuid + (other.empty() ? "" : " " + other);
    if (*points == 0) {
        return print_unchanged(say, *opened->store, *run, named, undo);
    }
    const ExclusionNote note{
        .excluded = !undo, .why = why, .who = who_decides(), .when = now_nanoseconds()};
    if (const Status noted = note_exclusion(*opened->store, *run, case_id, note); !noted) {
        return report(say, noted.error());
    }
    const std::string what =
        std::to_string(*points) + (*points == 1 ? " point of " : " points of ") + named;
    return print_result(say,
                        undo ? "took back: " + what + " will count again\n"
                             : "excluded: " + what +
                                   " will count for no trend, baseline or verdict, and stay\n"
                                   "next: --undo takes that back\n");
}

} // namespace assay::app
