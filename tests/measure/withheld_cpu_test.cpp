#include "measure/withheld_cpu.hpp"

#include <doctest/doctest.h>

namespace withheld_cpu_test {

using namespace assay::measure;

TEST_CASE("throttling is read from both versions of cpu.stat, and added up over groups") {
    WithheldCpu now;
    add_throttling(now, "usage_usec 5\nnr_periods 9\nnr_throttled 3\nthrottled_usec 1500\n");
    CHECK(now.throttled_periods == 3);
    CHECK(now.throttled_us == 1500);
    add_throttling(now, "nr_periods 1\nnr_throttled 2\nthrottled_time 7000000\n");
    CHECK(now.throttled_periods == 5);
    CHECK(now.throttled_us == 8500);
}

TEST_CASE("a group without a quota says nothing, which is not 0") {
    WithheldCpu now;
    add_throttling(now, "usage_usec 5\nuser_usec 3\n");
    add_throttling(now, "nr_throttled\nnr_throttled_x 4\nthrottled_usec -1\nnr_throttled many\n");
    add_throttling(now, "");
    CHECK_FALSE(now.throttled_periods);
    CHECK_FALSE(now.throttled_us);
    CHECK_FALSE(now.throttled());
}

TEST_CASE("what was withheld is the difference of two readings, and unknown where one is") {
    const WithheldCpu during = withheld_between({10, 1, 500}, {12, 1, 700});
    CHECK(during.steal_ticks == 2);
    CHECK(during.throttled_periods == 0);
    CHECK(during.throttled_us == 200);
    CHECK(during.stolen());
    CHECK(during.throttled()); // in a period that had begun before
    CHECK_FALSE(withheld_between({}, {12, 1, 700}).steal_ticks);
    CHECK_FALSE(withheld_between({12, 0, 0}, {10, 0, 0}).steal_ticks); // a counter that went back
    CHECK_FALSE(withheld_between({12, 0, 0}, {12, 0, 0}).stolen());
}

TEST_CASE("what this machine counts never goes back") {
    const WithheldCpu before = withheld_cpu();
    const WithheldCpu during = withheld_between(before, withheld_cpu());
    CHECK(during.steal_ticks.has_value() == before.steal_ticks.has_value());
    CHECK(during.throttled_us.has_value() == before.throttled_us.has_value());
}

} // namespace withheld_cpu_test
