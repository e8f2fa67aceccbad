// How well lanes share the work of a round: 1 where twice the lanes take half the time.
//
//   Efficiency got = lane_efficiency({.wall_ns = 2000, .cpu_ns = 2000}, times_of_lanes, rounds);
//
// Plain values, pure; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace assay::inference {

// What a lane took for its share of some rounds. A cache line of its own: lanes write side by side.
struct alignas(128) LaneTime {
    std::uint64_t wall_ns = 0, cpu_ns = 0;
    bool ran = false;
};

// A round of all agents on one lane.
struct RoundTime {
    double wall_ns = 0, cpu_ns = 0;
};

struct Efficiency {
    double wall = 0, cpu = 0;
};

// Time of a round on one lane over (lanes times the time of a round on all of them), where a round
// is as long as its slowest lane's. Preconditions: at least one lane, all of which took some time.
[[nodiscard]] Efficiency
lane_efficiency(const RoundTime& one_lane, std::span<const LaneTime> lanes, std::uint64_t rounds);

} // namespace assay::inference
