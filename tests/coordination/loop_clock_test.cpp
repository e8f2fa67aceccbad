#include "coordination/loop_clock.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <ctime>

namespace loop_clock_test {

using namespace assay::coordination;
using namespace std::chrono_literals;

namespace {

Time monotonic() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::chrono::seconds(time.tv_sec) + Time(time.tv_nsec);
}

} // namespace

TEST_CASE("the clock is the monotonic one, which nobody sets") {
    MonotonicClock clock;
    const Time before = monotonic();
    const Time now = clock.now();
    CHECK(before <= now);
    CHECK(now <= monotonic());
}

TEST_CASE("a sleep ends no sooner than it should, and at once where that is past") {
    MonotonicClock clock;
    const Time due = clock.now() + 5ms;
    clock.sleep_until(due);
    CHECK(clock.now() >= due);
    clock.sleep_until(clock.now() - 1h); // a relative sleep of that would never end
    clock.sleep_until(0ns);
    CHECK(clock.now() >= due);
}

TEST_CASE("seconds become nanoseconds and back") {
    CHECK(time_of(0.1) == 100ms);
    CHECK(time_of(0.0001) == 100us);
    CHECK(seconds_of(30ms) == doctest::Approx(0.03));
}

} // namespace loop_clock_test
