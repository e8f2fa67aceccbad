#include "tracking/alert_snooze.hpp"

#include "history/timestamp.hpp"
#include "tracking/alert_answers.hpp"
#include "verdict/alert.hpp"

#include <utility>

namespace assay::tracking {
namespace {

Error nothing_to_hide(const history::AlertRow& alert) {
    return {.kind = ErrorKind::usage,
            .message = "alert " + std::to_string(alert.id) +
                       " is expected: nobody is told of it, and there is nothing to snooze",
            .hint = "'assay analyze reopen' says that it is no longer meant to be"};
}

Error does_not_sleep(const history::AlertRow& alert) {
    return {.kind = ErrorKind::usage,
            .message = "alert " + std::to_string(alert.id) + " is not snoozed",
            .hint = "--until 2026-11-21 or --until 14d snoozes it"};
}

} // namespace

bool is_snoozed(const history::AlertRow& alert, std::int64_t now) noexcept {
    return alert.snoozed_until && *alert.snoozed_until > now;
}

Result<SnoozedAlert> snooze_alert(history::Store& store, const SnoozeRequest& request) {
    auto found = alert_named(store, request.alert);
    if (!found) {
        return found.error();
    }
    SnoozedAlert done{.alert = std::move(*found)};
    const bool wakes = request.until <= request.now;
    if (wakes && !is_snoozed(done.alert, request.now)) {
        return does_not_sleep(done.alert);
    }
    if (!wakes && done.alert.state == verdict::name_of(verdict::AlertState::expected)) {
        return nothing_to_hide(done.alert);
    }
    done.alert.snoozed_until = wakes ? std::nullopt : std::optional(request.until);
    std::string note =
        wakes ? "snoozed no longer" : "snoozed until " + history::timestamp_text(request.until);
    note += request.why.empty() ? "" : ": " + request.why;
    history::AnalysisRecord record;
    record.alerts.push_back({.row = done.alert,
                             .was = done.alert.state,
                             .events = {{.at = request.now,
                                         .who = request.who,
                                         .from_state = done.alert.state,
                                         .to_state = done.alert.state,
                                         .note = std::move(note)}},
                             .snoozes = true});
    if (Status kept = store.keep_analysis(record); !kept) {
        return kept.error();
    }
    return done;
}

} // namespace assay::tracking
