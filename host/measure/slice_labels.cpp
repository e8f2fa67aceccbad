#include "measure/slice_labels.hpp"

#include "measure/honesty.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

namespace assay::measure {
namespace {

constexpr double kInterruptedRatio = 100;

struct Crew {
    std::uint64_t first_start = UINT64_MAX, last_start = 0;
    std::uint64_t first_end = UINT64_MAX, last_end = 0;
    std::uint32_t lanes = 0;
};

} // namespace

SliceLabels labels_of(std::span<const SliceRecord> slices) {
    SliceLabels labels;
    std::vector<double> walls;
    for (const SliceRecord& slice : slices) {
        if (slice.flags != 0) {
            continue;
        }
        ++labels.slices;
        labels.preempted += slice.involuntary_switches > 0 ? 1 : 0;
        labels.faulted += slice.major_faults > 0 ? 1 : 0;
        labels.migrated += slice.cpu_before != slice.cpu_after ? 1 : 0;
        walls.push_back(static_cast<double>(slice.wall_ns));
    }
    const double longest = kInterruptedRatio * median_of(walls);
    labels.interrupted = static_cast<std::uint64_t>(
        std::ranges::count_if(walls, [longest](double wall) { return wall > longest; }));
    return labels;
}

std::vector<double> overlap_shares(std::span<const SliceRecord> slices) {
    std::map<std::uint32_t, Crew> crews; // by slice index
    for (const SliceRecord& slice : slices) {
        if (slice.flags != 0) {
            continue;
        }
        const std::uint64_t end = slice.start_ns + slice.wall_ns;
        Crew& crew = crews[slice.index];
        crew.first_start = std::min(crew.first_start, slice.start_ns);
        crew.last_start = std::max(crew.last_start, slice.start_ns);
        crew.first_end = std::min(crew.first_end, end);
        crew.last_end = std::max(crew.last_end, end);
        ++crew.lanes;
    }
    std::vector<double> shares;
    for (const auto& [index, crew] : crews) {
        if (crew.lanes > 1 && crew.last_end > crew.first_start) {
            const std::uint64_t together =
                crew.first_end > crew.last_start ? crew.first_end - crew.last_start : 0;
            shares.push_back(static_cast<double>(together) /
                             static_cast<double>(crew.last_end - crew.first_start));
        }
    }
    return shares;
}

} // namespace assay::measure
