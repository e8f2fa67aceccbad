#include "tracking/notice_schedule.hpp"

#include <algorithm>

namespace assay::tracking {
namespace {

constexpr double kMinute = 60e9, kLongest = 6 * 3600e9; // nanoseconds
constexpr double kGrowth = 4, kJitter = 0.25;

} // namespace

std::int64_t next_attempt(const FailedAttempt& failed) noexcept {
    double wait = kMinute;
    for (std::int64_t i = 1; i < failed.attempts && wait < kLongest; ++i) {
        wait *= kGrowth;
    }
    wait = std::min(wait, kLongest) * (1 + kJitter * (2 * failed.share - 1));
    return failed.now +
           std::max(static_cast<std::int64_t>(std::min(wait, kLongest)), failed.retry_after_ns);
}

} // namespace assay::tracking
