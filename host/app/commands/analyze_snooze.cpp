// assay analyze snooze: nobody wants to be told of an alert for a while.
#include "app/baselines/approval.hpp"
#include "app/commands/analyze_command.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/output.hpp"
#include "support/text.hpp"
#include "tracking/alert_snooze.hpp"

namespace assay::app {
namespace {

Result<std::string> snoozed(const Invocation& invocation) {
    const std::int64_t now = now_nanoseconds();
    const auto until = instant_ahead_from(invocation.value("--until").value_or(""), now);
    if (!until) {
        return until.error();
    }
    const Result<OpenedHistory> opened = open_history(invocation, {});
    if (!opened) {
        return opened.error();
    }
    const auto done =
        tracking::snooze_alert(*opened->store,
                               {.alert = invocation.words.front(),
                                .until = *until,
                                .why = std::string(trim(invocation.value("--why").value_or(""))),
                                .who = who_decides(),
                                .now = now});
    if (!done) {
        return done.error();
    }
    const history::AlertRow& alert = done->alert;
    const std::string what = "alert " + std::to_string(alert.id) + " (" + alert.state + ") is ";
    const std::string how = alert.snoozed_until
                                ? "snoozed until " + date_text(*alert.snoozed_until) + " UTC"
                                : "snoozed no longer";
    return what + how + ": " + alert.title + "\n";
}

} // namespace

int analyze_snooze(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<std::string> text = snoozed(invocation);
    return text ? print_result(say, printable(*text)) : report(say, text.error());
}

} // namespace assay::app
