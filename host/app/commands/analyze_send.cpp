// assay analyze send: the alerts that nobody was told of yet.
#include "app/commands/analyze_command.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/notifying/outbox_delivery.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "support/json.hpp"

#include <fmt/format.h>

namespace assay::app {
namespace {

int list_waiting(const Messages& say, history::Store& store) {
    const auto rows = store.outbox();
    if (!rows) {
        return report(say, rows.error());
    }
    if (rows->empty()) {
        say.note("nothing waits");
        return static_cast<int>(ExitCode::pass);
    }
    TextTable table({"next", "tries", "to", "state", "alert", "why not yet"});
    for (const history::NoticeRow& row : *rows) {
        table.add({date_text(row.next_at),
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
    if (looks) {
        return list_waiting(say, *opened->store);
    }
    const auto sent = send_notices(*opened->store,
                                   notifiers,
                                   invocation,
                                   say,
                                   {.now = now_nanoseconds(), .all = invocation.has("--all")});
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
    const int printed = print_result(
        say, fmt::format("{} sent, {} waiting{}\n", sent->delivered, sent->waiting, until));
    return sent->waiting == 0 ? printed : static_cast<int>(ExitCode::undecided);
}

} // namespace assay::app
