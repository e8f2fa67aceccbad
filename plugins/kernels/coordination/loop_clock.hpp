// The time that a loop goes by: told, and slept until. Another clock may be put in, so that what a
// loop does at a deadline can be tested without waiting for one.
//
//   MonotonicClock clock;
//   clock.sleep_until(clock.now() + std::chrono::milliseconds(100));
//
// Any thread.
#pragma once

#include <chrono>

namespace assay::coordination {

using Time = std::chrono::nanoseconds; // since whenever the clock began

class LoopClock {
public:
    LoopClock() = default;
    LoopClock(const LoopClock&) = delete;
    LoopClock& operator=(const LoopClock&) = delete;
    virtual ~LoopClock() = default;

    [[nodiscard]] virtual Time now() noexcept = 0;

    // Returns at once where that is past.
    virtual void sleep_until(Time due) noexcept = 0;
};

// CLOCK_MONOTONIC, absolute: setting the clock on the wall moves nothing, and what is done between
// two sleeps does not add up.
class MonotonicClock final : public LoopClock {
public:
    [[nodiscard]] Time now() noexcept override;
    void sleep_until(Time due) noexcept override;
};

[[nodiscard]] constexpr double seconds_of(Time time) noexcept {
    return std::chrono::duration<double>(time).count();
}

// To the nanosecond.
[[nodiscard]] constexpr Time time_of(double seconds) noexcept {
    return Time(static_cast<Time::rep>(seconds * 1e9 + 0.5));
}

} // namespace assay::coordination
