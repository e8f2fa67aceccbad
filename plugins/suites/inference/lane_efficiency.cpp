#include "lane_efficiency.hpp"

#include <algorithm>

namespace assay::inference {

Efficiency
lane_efficiency(const RoundTime& one_lane, std::span<const LaneTime> lanes, std::uint64_t rounds) {
    std::uint64_t wall_ns = 0;
    std::uint64_t cpu_ns = 0;
    for (const LaneTime& lane : lanes) {
        wall_ns = std::max(wall_ns, lane.wall_ns);
        cpu_ns = std::max(cpu_ns, lane.cpu_ns);
    }
    const double share = static_cast<double>(rounds) / static_cast<double>(lanes.size());
    return {.wall = one_lane.wall_ns * share / static_cast<double>(wall_ns),
            .cpu = one_lane.cpu_ns * share / static_cast<double>(cpu_ns)};
}

} // namespace assay::inference
