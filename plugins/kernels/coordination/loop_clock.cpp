#include "coordination/loop_clock.hpp"

#include <cerrno>
#include <ctime>

namespace assay::coordination {
namespace {

constexpr Time::rep kNanosPerSecond = 1'000'000'000;

} // namespace

Time MonotonicClock::now() noexcept {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return Time(time.tv_sec * kNanosPerSecond + time.tv_nsec);
}

void MonotonicClock::sleep_until(Time due) noexcept {
    const timespec at{.tv_sec = due.count() / kNanosPerSecond,
                      .tv_nsec = due.count() % kNanosPerSecond};
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr) == EINTR) {
    }
}

} // namespace assay::coordination
