// How well lanes share the work of a round: 1 where twice the lanes take half the time.
//
//   Efficiency got = lane_efficiency({.wall_ns = 2000, .cpu_ns = 2000}, times_of_lanes, rounds);
//
// Plain values, pure; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace assay::inference {

// When a lane did its share of some rounds, and what that took of its thread. A cache line of its
// own: lanes write side by side.
struct alignas(128) LaneTime {
    std::uint64_t begin_ns = 0, end_ns = 0, cpu_ns = 0;
    bool ran = false;
};

// A round of all agents on one lane.
struct RoundTime {
    double wall_ns = 0, cpu_ns = 0;
};

struct Efficiency {
    double wall = 0, cpu = 0;
};

// Time of a round on one lane over (lanes times the time of a round on all of them). By the wall
// that is from the first lane's begin to the last one's end, so that lanes which take turns gain
// nothing; by the CPU what the busiest lane took. Preconditions: a lane, all of them took some
// time.
[[nodiscard]] Efficiency
lane_efficiency(const RoundTime& one_lane, std::span<const LaneTime> lanes, std::uint64_t rounds);

} // namespace assay::inference
