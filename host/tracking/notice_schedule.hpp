// When a notice that was not taken is tried again: a minute later, then after four times as long
// each time, six hours at most, ten times in all.
//
//   row.next_at = next_attempt({.attempts = 2, .now = now, .share = 0.4});   // 3 to 5 minutes
//
// Section 13 of the specification of tracking. Pure; callable from any thread.
#pragma once

#include <cstdint>

namespace assay::tracking {

inline constexpr std::int64_t kNoticeAttemptsMax = 10;

struct FailedAttempt {
    std::int64_t attempts = 1;       // made so far
    std::int64_t now = 0;            // nanoseconds
    double share = 0.5;              // random in [0, 1): a receiver is not asked by all at once
    std::int64_t retry_after_ns = 0; // what it asked for
};

[[nodiscard]] std::int64_t next_attempt(const FailedAttempt& failed) noexcept;

} // namespace assay::tracking
