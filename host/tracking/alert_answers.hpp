// What people say to an alert: that they know of it, that it was meant to be, that it is not over.
//
//   auto done = answer_alert(*store, {.alert = "3", .answer = AlertAnswer::expect,
//                                     .why = "exact search now", .who = "ada", .now = now});
//   for (const AcceptedLevel& level : done->accepted) ... level.row.center ...
//
// An expected change makes the new level the baseline of its series. Everything of an answer is
// written, or nothing. Section 9.1 of the specification of tracking. One thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/alert.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::tracking {

// Errors besides those of the store: usage (no such alert, names the nearest).
Result<history::AlertRow> alert_named(history::Store& store, const std::string& number);

struct AlertRequest {
    std::string alert; // its number
    verdict::AlertAnswer answer = verdict::AlertAnswer::acknowledge;
    std::string why = {}; // `expect` needs one
    std::string who = {};
    std::int64_t now = 0;
};

struct AcceptedLevel {
    history::Series series;
    history::BaselineRow row;
};

struct AnsweredAlert {
    history::AlertRow alert; // as it is now
    std::string was = {};    // its state before
    std::vector<AcceptedLevel> accepted = {};
    // What `reopen` set again; kWithdrawn: nothing was set before.
    std::vector<AcceptedLevel> given_back = {};
};

// The policy of a baseline that an expected change has set: the runs of the new level, and where
// those are too few, the figure of the row.
inline constexpr const char* kExpectedPolicy = "expected";

// Errors besides those of the store: usage (no such alert, names the nearest; an answer that its
// state does not take; no reason), missing (too few runs to tell the new level).
Result<AnsweredAlert> answer_alert(history::Store& store, const AlertRequest& request);

} // namespace assay::tracking
