// Nobody wants to be told of an alert for a while: its state goes on, only notifications stay away.
//
//   auto done = snooze_alert(*store, {.alert = "3", .until = now + 7 * kDay, .who = "ada", .now =
//   now}); if (is_snoozed(done->alert, now)) ... nobody is told ...
//
// Section 9.1 of the specification of tracking. One thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <string>

namespace assay::tracking {

struct SnoozeRequest {
    std::string alert;      // its number
    std::int64_t until = 0; // not after `now`: it is snoozed no longer
    std::string why = {};
    std::string who = {};
    std::int64_t now = 0;
};

struct SnoozedAlert {
    history::AlertRow alert; // as it is now
};

[[nodiscard]] bool is_snoozed(const history::AlertRow& alert, std::int64_t now) noexcept;

// Kept with an event of its own; the state stays, so gates and later analyses see what they saw.
// Errors besides those of the store: usage (no such alert; one that was accepted, of which nobody
// is told anyway; one to wake that does not sleep).
Result<SnoozedAlert> snooze_alert(history::Store& store, const SnoozeRequest& request);

} // namespace assay::tracking
