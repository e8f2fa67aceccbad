// assay analyze send: the alerts that nobody was told of yet.
#include "app/commands/analyze_command.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/notifying/outbox_delivery.hpp"
#include "app/notifying/untold_alerts.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "support/json.hpp"
#include "tracking/notice_schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay::app {
namespace {

// What is put in line for us, and what waits for whomever.
Result<std::vector<history::NoticeRow>>
all_waiting(history::Store& store, const std::vector<Notifier>& notifiers, std::int64_t now) {
    auto rows = untold_alerts(store, ids_of(notifiers), now);
    const auto waiting = rows ? store.outbox() : rows.error();
    if (!waiting) {
        return waiting.error();
    }
    rows->insert(rows->end(), waiting->begin(), waiting->end());
    return rows;
}

// What `send` would make of it.
std::string when_words(const history::NoticeRow& row,
                       const std::vector<Notifier>& notifiers,
                       const SendOptions& options) {
    const auto ours = std::ranges::find(notifiers, row.notifier, &Notifier::id);
    if (ours == notifiers.end()) {
        return notifiers.empty() ? "nobody named" : "not ours";
    }
    return is_due(row, *ours, options)                    ? "now"
           : row.attempts >= tracking::kNoticeAttemptsMax ? "given up"
                                                          : date_text(row.next_at);
}

int list_waiting(const Messages& say,
                 history::Store& store,
                 const std::vector<Notifier>& notifiers,
                 const SendOptions& options) {
    const auto rows = all_waiting(store, notifiers, options.now);
    if (!rows) {
        return report(say, rows.error());
    }
    if (rows->empty()) {
        say.note(notifiers.empty() ? "nothing waits; nobody is named who is to be told of alerts"
                                   : "nothing waits");
        return static_cast<int>(ExitCode::pass);
    }
    TextTable table({"next", "tries", "to", "state", "alert", "why not yet"});
    for (const history::NoticeRow& row : *rows) {
        table.add({when_words(row, notifiers, options),
                   std::to_string(row.attempts),
                   row.notifier,
                   json_string(row.document, "state"),
                   json_string(row.document, "title"),
                   row.last_error});
    }
    return print_result(say, table.aligned());
}

Error nobody_named() {
    return {.kind = ErrorKind::usage,
            .message = "nobody is named who is to be told of alerts",
            .hint = "set PERFORMANCE_ALERT_WEBHOOK to the address of a webhook"};
}

Status put_untold(history::Store& store, const std::vector<Notifier>& notifiers, std::int64_t now) {
    auto untold = untold_alerts(store, ids_of(notifiers), now);
    if (!untold) {
        return untold.error();
    }
    return untold->empty() ? Status{} : store.keep_analysis({.notices = std::move(*untold)});
}

} // namespace

int analyze_send(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const bool looks = invocation.has("--dry-run");
    const std::vector<Notifier> notifiers = notifiers_from(process_environment());
    if (notifiers.empty() && !looks) {
        return report(say, nobody_named());
    }
    const Result<OpenedHistory> opened =
        open_history(invocation, {.read_only = looks}, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const SendOptions options{.now = now_nanoseconds(), .all = invocation.has("--all")};
    history::Store& store = *opened->store;
    if (looks) {
        return list_waiting(say, store, notifiers, options);
    }
    if (Status put = put_untold(store, notifiers, options.now); !put) {
        return report(say, put.error());
    }
    const auto sent = send_notices(store, notifiers, invocation, say, options);
    if (!sent) {
        return report(say, sent.error());
    }
    for (const std::string& failure : sent->failures) {
        say.warning(failure, "it is kept; 'assay analyze send --dry-run' lists what waits");
    }
    const std::string until =
        sent->waiting == 0
            ? ""
            : fmt::format(", the next until {} UTC; --all tries now", date_text(sent->next_at));
    const std::string others =
        sent->of_others == 0 ? "" : fmt::format(", {} not for us", sent->of_others);
    const int printed = print_result(
        say,
        fmt::format("{} sent, {} waiting{}{}\n", sent->delivered, sent->waiting, others, until));
    return sent->waiting == 0 ? printed : static_cast<int>(ExitCode::undecided);
}

} // namespace assay::app
