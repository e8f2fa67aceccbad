// Who is to be told what of the alerts of an analysis: a notice for each alert that is open or has
// just ended, and each notifier.
//
//   add_notices(book, analysis, {.project = "router", .notifiers = {"webhook/3f2a9c41d0be"}});
//   Status kept = keep_alert_book(*store, book);    // the states and the notices, or neither
//
// Section 13 of the specification of tracking. Pure; callable from any thread.
#pragma once

#include "tracking/alert_book.hpp"

#include <string>
#include <vector>

namespace assay::tracking {

struct NoticeFor {
    std::string project = {}; // empty: the runs name none
    std::vector<std::string> notifiers = {};
};

// Names what is told to whom: the alert, its state, the run that opened it, the notifier.
[[nodiscard]] std::string notice_key(const history::AlertRow& alert, const std::string& notifier);

// Nothing of alerts that somebody has snoozed. A notice of the same alert, state, opening and
// notifier is the same one, whoever makes it and how often: the store keeps the first.
void add_notices(AlertBook& book, const BranchAnalysis& analysis, const NoticeFor& whom);

} // namespace assay::tracking
