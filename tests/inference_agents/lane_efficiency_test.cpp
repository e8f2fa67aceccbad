#include "lane_efficiency.hpp"

#include <doctest/doctest.h>

#include <array>

namespace lane_efficiency_test {

using namespace assay::inference;

namespace {

LaneTime lane(std::uint64_t begin_ns, std::uint64_t end_ns, std::uint64_t cpu_ns) {
    return {.begin_ns = begin_ns, .end_ns = end_ns, .cpu_ns = cpu_ns, .ran = true};
}

} // namespace

TEST_CASE("lanes that halve the time of a round have an efficiency of one") {
    const std::array lanes{lane(100, 5'100, 4'000), lane(150, 5'000, 4'000)};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 800}, lanes, 10);
    CHECK(found.wall == doctest::Approx(1.0));
    CHECK(found.cpu == doctest::Approx(1.0));
}

TEST_CASE("a round is as long as its slowest lane, of each clock apart") {
    const std::array lanes{lane(0, 2'500, 5'000), lane(0, 10'000, 2'500)};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 1'000}, lanes, 10);
    CHECK(found.wall == doctest::Approx(0.5)); // as if there were but one lane
    CHECK(found.cpu == doctest::Approx(1.0));
}

TEST_CASE("lanes that run one after the other gain nothing, however quick each is") {
    const std::array lanes{lane(0, 5'000, 5'000), lane(5'000, 10'000, 5'000)};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 1'000}, lanes, 10);
    CHECK(found.wall == doctest::Approx(0.5));
    CHECK(found.cpu == doctest::Approx(1.0));
}

TEST_CASE("four lanes as slow as one have an efficiency of a quarter") {
    const std::array lanes{
        lane(0, 4'000, 4'000), lane(0, 4'000, 4'000), lane(0, 4'000, 4'000), lane(0, 4'000, 4'000)};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 1'000}, lanes, 4);
    CHECK(found.wall == doctest::Approx(0.25));
    CHECK(found.cpu == doctest::Approx(0.25));
}

} // namespace lane_efficiency_test
