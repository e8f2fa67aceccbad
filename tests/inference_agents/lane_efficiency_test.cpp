#include "lane_efficiency.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace assay::inference;

TEST_CASE("lanes that halve the time of a round have an efficiency of one") {
    const std::array lanes{LaneTime{5'000, 4'000, true}, LaneTime{4'900, 4'000, true}};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 800}, lanes, 10);
    CHECK(found.wall == doctest::Approx(1.0));
    CHECK(found.cpu == doctest::Approx(1.0));
}

TEST_CASE("a round is as long as its slowest lane, of each clock apart") {
    const std::array lanes{LaneTime{2'500, 5'000, true}, LaneTime{10'000, 2'500, true}};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 1'000}, lanes, 10);
    CHECK(found.wall == doctest::Approx(0.5)); // as if there were but one lane
    CHECK(found.cpu == doctest::Approx(1.0));
}

TEST_CASE("four lanes as slow as one have an efficiency of a quarter") {
    const std::array lanes{LaneTime{4'000, 4'000, true},
                           LaneTime{4'000, 4'000, true},
                           LaneTime{4'000, 4'000, true},
                           LaneTime{4'000, 4'000, true}};
    const Efficiency found = lane_efficiency({.wall_ns = 1'000, .cpu_ns = 1'000}, lanes, 4);
    CHECK(found.wall == doctest::Approx(0.25));
    CHECK(found.cpu == doctest::Approx(0.25));
}
