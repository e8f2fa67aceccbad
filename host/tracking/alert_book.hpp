// The alerts of a platform and branch: which change belongs to which, and in what state each is
// after an analysis.
//
//   Result<AlertBook> book = open_alert_book(*store, analysis, now);
//   for (const BranchAlert& alert : book->alerts) ... alert.row.state ...
//   Status kept = keep_alert_book(*store, *book);
//
// An alert is a cause: changes of several series between the same runs are one, and a change found
// again is the old one. One that joins an alert which somebody has acknowledged or snoozed is an
// alert of its own, since nobody has seen it yet. Section 9.1 of the specification of tracking.
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/analysis.hpp"
#include "verdict/alert.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

enum class AlertKind { regression, machine_shift };

std::string_view name_of(AlertKind kind) noexcept; // "regression", "environment_shift"

// A change of the analysis that an alert is about.
struct AlertMember {
    std::size_t line = 0, change = 0; // of the analysis: lines, findings[line].changes
    std::string change_id;
};

struct BranchAlert {
    history::AlertRow row = {}; // as it is now; id 0: not written yet
    verdict::AlertState state = verdict::AlertState::candidate;
    std::string was = {}; // state before this analysis; empty: it is new
    AlertKind kind = AlertKind::regression;
    verdict::ShiftCause cause = verdict::ShiftCause::none;
    std::vector<AlertMember> members = {}; // found now, the gravest first
    // The alert of the same commits that somebody had acknowledged or snoozed before this one was
    // found: what they knew of was another series. 0: none.
    std::int64_t joins = 0;
    // Indices of the runs: what lies behind the first up to the second holds the cause.
    std::optional<std::size_t> last_good = {}, first_bad = {};
};

struct AlertBook {
    std::vector<BranchAlert> alerts = {}; // by id, new ones last
    std::int64_t at = 0;                  // when
    history::AnalysisRecord record = {}; // what has to be written so that the history says the same
};

Result<AlertBook>
open_alert_book(history::Store& store, const BranchAnalysis& analysis, std::int64_t now);

// Writes the record, and gives new alerts their numbers.
Status keep_alert_book(history::Store& store, AlertBook& book);

// Opened or opened again by the run that began last.
[[nodiscard]] bool is_new(const BranchAlert& alert, const BranchLines& lines);

} // namespace assay::tracking
