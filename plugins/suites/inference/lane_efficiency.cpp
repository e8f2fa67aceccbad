#include "lane_efficiency.hpp"

#include <algorithm>

namespace assay::inference {

Efficiency
lane_efficiency(const RoundTime& one_lane, std::span<const LaneTime> lanes, std::uint64_t rounds) {
    const std::uint64_t begin_ns = std::ranges::min(lanes, {}, &LaneTime::begin_ns).begin_ns;
    const std::uint64_t end_ns = std::ranges::max(lanes, {}, &LaneTime::end_ns).end_ns;
    const std::uint64_t cpu_ns = std::ranges::max(lanes, {}, &LaneTime::cpu_ns).cpu_ns;
    const double share = static_cast<double>(rounds) / static_cast<double>(lanes.size());
    return {.wall = one_lane.wall_ns * share / static_cast<double>(end_ns - begin_ns),
            .cpu = one_lane.cpu_ns * share / static_cast<double>(cpu_ns)};
}

} // namespace assay::inference
