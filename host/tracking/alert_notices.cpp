#include "tracking/alert_notices.hpp"

#include "tracking/alert_snooze.hpp"
#include "tracking/analysis_document.hpp"
#include "tracking/document_values.hpp"

namespace assay::tracking {
namespace {

// What is open is told to whoever was not told of it yet, which the store knows: a receiver that
// somebody names later, or whose address was wrong, has missed nothing. An end is news only once.
bool is_to_be_told(const BranchAlert& alert, std::int64_t now) {
    const auto was = verdict::alert_state_from(alert.was).value_or(verdict::AlertState::candidate);
    const bool is_open =
        alert.state == verdict::AlertState::open || alert.state == verdict::AlertState::reopened;
    return (is_open || verdict::notifies(was, alert.state)) && !is_snoozed(alert.row, now);
}

json::object notice_document(const AlertBook& book,
                             const BranchAnalysis& analysis,
                             const BranchAlert& alert,
                             const std::string& project) {
    const BranchLines& lines = analysis.lines;
    json::object document{
        {"schema", "assay.alert/1"},
        {"key", alert.row.key},
        {"at", instant_value(book.at)},
        {"project", optional_text(project)},
        {"branch", optional_text(lines.branch)},
        {"platform", platform_value(lines.platform.label, lines.platform.fingerprint)}};
    for (auto& member : alert_value(analysis, alert, book.at)) {
        document[member.key()] = member.value();
    }
    return document;
}

} // namespace

std::string notice_key(const history::AlertRow& alert, const std::string& notifier) {
    return alert.key + "\n" + alert.state + "\n" + alert.opened_run + "\n" + notifier;
}

void add_notices(AlertBook& book, const BranchAnalysis& analysis, const NoticeFor& whom) {
    for (const BranchAlert& alert : book.alerts) {
        if (!is_to_be_told(alert, book.at)) {
            continue;
        }
        for (const std::string& notifier : whom.notifiers) {
            book.record.notices.push_back(
                {.alert_key = alert.row.key,
                 .notifier = notifier,
                 .dedupe_key = notice_key(alert.row, notifier),
                 .document = notice_document(book, analysis, alert, whom.project),
                 .next_at = book.at});
        }
    }
}

} // namespace assay::tracking
