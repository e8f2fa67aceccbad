#include "tracking/alert_answers.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"
#include "support/text.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/stored_points.hpp"
#include "verdict/lattice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace assay::tracking {
namespace {

using history::AlertRow;
using history::BaselineRow;
using history::ChangePointRow;
using verdict::AlertAnswer;
using verdict::AlertState;

std::string_view word_of(AlertAnswer answer) {
    constexpr std::array<std::string_view, 3> kWords{"ack", "expect", "reopen"};
    return kWords.at(static_cast<std::size_t>(answer));
}

// The changes of an alert that the history still finds.
Result<std::vector<ChangePointRow>> changes_of(history::Store& store, const AlertRow& alert) {
    const auto all = store.change_points(std::nullopt);
    if (!all) {
        return all.error();
    }
    std::set<std::string> wanted;
    if (const json::value* const ids = alert.detail.if_contains("changes")) {
        for (const json::value& id : ids->is_array() ? ids->get_array() : json::array()) {
            wanted.insert(id.is_string() ? std::string(id.get_string()) : std::string());
        }
    }
    std::vector<ChangePointRow> found;
    for (const ChangePointRow& row : *all) {
        if (wanted.contains(row.id) && row.state != "gone") {
            found.push_back(row);
        }
    }
    return found;
}

// The runs from the change on.
std::vector<verdict::StoredPoint> level_of(const std::vector<verdict::StoredPoint>& points,
                                           const std::string& first_run) {
    std::vector<verdict::StoredPoint> level;
    bool begun = false;
    for (const verdict::StoredPoint& point : points) {
        begun = begun || point.run == first_run;
        if (begun && verdict::counts(point)) {
            level.push_back(point);
        }
    }
    return level;
}

Result<AcceptedLevel> accepted_level(history::Store& store,
                                     const history::SeriesRow& series,
                                     const ChangePointRow& change,
                                     const AlertRequest& request) {
    auto read = points_of_branch(store, change.series_id, change.branch);
    if (!read) {
        return read.error();
    }
    const auto level = level_of(stored_points(std::move(*read)), change.first_bad);
    if (level.size() < verdict::kConfirmingRuns) {
        return Error{.kind = ErrorKind::missing,
                     .message = series_name(series.series) + " has " +
                                std::to_string(level.size()) +
                                (level.size() == 1 ? " run" : " runs") + " of the new level, and " +
                                std::to_string(verdict::kConfirmingRuns) + " tell it",
                     .hint = "wait for more runs; 'assay analyze ack' says that you know"};
    }
    std::vector<double> figures;
    BaselineRow row{.series_id = change.series_id,
                    .policy = kExpectedPolicy,
                    .n = static_cast<std::int64_t>(level.size()),
                    .from_run = level.front().run,
                    .to_run = level.back().run,
                    .who = request.who,
                    .why = request.why,
                    .created = request.now};
    for (const verdict::StoredPoint& point : level) {
        figures.push_back(*point.figure);
        row.evidence.push_back(point.run);
    }
    row.center = statistics::median(figures);
    row.spread = statistics::scaled_mad(figures);
    return AcceptedLevel{series.series, std::move(row)};
}

Status accept(history::Store& store,
              const AlertRequest& request,
              std::vector<ChangePointRow> changes,
              history::AnalysisRecord& record,
              AnsweredAlert& done) {
    const auto all = store.series({});
    if (!all) {
        return all.error();
    }
    if (changes.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "nothing of alert " + request.alert + " is found any more",
                     .hint = "'assay analyze' looks anew"};
    }
    for (ChangePointRow& change : changes) {
        const auto series = std::ranges::find(*all, change.series_id, &history::SeriesRow::id);
        if (series == all->end()) {
            continue;
        }
        auto level = accepted_level(store, *series, change, request);
        if (!level) {
            return level.error();
        }
        record.baselines.push_back(level->row);
        done.accepted.push_back(std::move(*level));
        change.state = "expected";
        change.updated = request.now;
        record.change_points.push_back(std::move(change));
    }
    return {};
}

// What was set before the acceptance, else nothing: the series is held against its own runs.
BaselineRow without_acceptance(const std::vector<BaselineRow>& newest_first,
                               const AlertRequest& request) {
    BaselineRow row = newest_first.size() > 1 ? newest_first[1] : newest_first.front();
    if (newest_first.size() == 1) {
        row.policy = history::kWithdrawn;
    }
    row.id = 0;
    row.previous = newest_first.front().id;
    row.who = request.who;
    row.why = request.why.empty() ? "the alert was reopened" : request.why;
    row.created = request.now;
    return row;
}

// What an acceptance did is taken back: the level before the change counts again.
Status take_back(history::Store& store,
                 const AlertRequest& request,
                 const std::vector<ChangePointRow>& changes,
                 history::AnalysisRecord& record,
                 AnsweredAlert& done) {
    const auto all = store.series({});
    if (!all) {
        return all.error();
    }
    for (const ChangePointRow& change : changes) {
        if (change.state != "expected") {
            continue;
        }
        record.change_points.push_back(change);
        record.change_points.back().state = "confirmed";
        record.change_points.back().updated = request.now;
        const auto earlier = store.earlier_baselines(change.series_id);
        if (!earlier) {
            return earlier.error();
        }
        // One that somebody has set since is theirs.
        const auto series = std::ranges::find(*all, change.series_id, &history::SeriesRow::id);
        if (series != all->end() && !earlier->empty() &&
            earlier->front().policy == kExpectedPolicy) {
            record.baselines.push_back(without_acceptance(*earlier, request));
            done.given_back.push_back({series->series, record.baselines.back()});
        }
    }
    return {};
}

Error takes_no_such_answer(const AlertRow& alert, AlertAnswer given) {
    const std::string hint =
        alert.state == "candidate" ? "it is a candidate until five runs confirm it"
        : alert.state == "fixed"   ? "it is over; 'assay analyze reopen' says that it is not"
                                   : "'assay analyze' shows what state each alert is in";
    return {.kind = ErrorKind::usage,
            .message = "alert " + std::to_string(alert.id) + " is " + alert.state +
                       ": there is nothing to " + std::string(word_of(given)),
            .hint = hint};
}

} // namespace

Result<AlertRow> alert_named(history::Store& store, const std::string& word) {
    const auto rows = store.alerts();
    if (!rows) {
        return rows.error();
    }
    const auto number = to_int64(word);
    std::vector<std::string> known;
    for (const AlertRow& row : *rows) {
        if (number && row.id == *number) {
            return row;
        }
        known.push_back(std::to_string(row.id));
    }
    const std::string near =
        !number || known.empty()
            ? std::string()
            : " (the nearest is " +
                  std::to_string(std::ranges::min_element(*rows,
                                                          {},
                                                          [&](const AlertRow& row) {
                                                              return std::max(row.id, *number) -
                                                                     std::min(row.id, *number);
                                                          })
                                     ->id) +
                  ")";
    return Error{.kind = ErrorKind::usage,
                 .message = known.empty()
                                ? "there is no alert in " + store.where()
                                : "there is no alert '" + word + "' in " + store.where() + near,
                 .hint = "'assay analyze' lists the alerts with their numbers"};
}

Result<AnsweredAlert> answer_alert(history::Store& store, const AlertRequest& request) {
    if (request.answer == AlertAnswer::expect && trim(request.why).empty()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "an expected change needs its reason",
                     .hint = "--why 'exact search instead of approximate'"};
    }
    auto alert = alert_named(store, request.alert);
    if (!alert) {
        return alert.error();
    }
    const auto state = verdict::alert_state_from(alert->state);
    const auto next = state ? verdict::answer(*state, request.answer) : std::nullopt;
    if (!next) {
        return takes_no_such_answer(*alert, request.answer);
    }
    auto changes = changes_of(store, *alert);
    if (!changes) {
        return changes.error();
    }
    AnsweredAlert done{.alert = *alert, .was = alert->state};
    history::AnalysisRecord record;
    Status prepared;
    if (request.answer == AlertAnswer::expect) {
        prepared = accept(store, request, std::move(*changes), record, done);
    } else if (request.answer == AlertAnswer::reopen) {
        prepared = take_back(store, request, *changes, record, done);
    }
    if (!prepared) {
        return prepared.error();
    }
    done.alert.state = verdict::name_of(*next);
    done.alert.owner = request.who;
    // What was said before it was opened again is no answer to that: the events keep it.
    const bool keeps_note = request.why.empty() && request.answer != AlertAnswer::reopen;
    done.alert.note = keeps_note ? alert->note : request.why;
    record.alerts.push_back({.row = done.alert,
                             .was = done.was,
                             .events = {{.at = request.now,
                                         .who = request.who,
                                         .from_state = done.was,
                                         .to_state = done.alert.state,
                                         .note = request.why}}});
    if (Status kept = store.keep_analysis(record); !kept) {
        return kept.error();
    }
    return done;
}

} // namespace assay::tracking
