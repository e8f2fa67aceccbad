#include "measure/slice_time.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

namespace assay::measure {
namespace {

constexpr double kSecondsPerNano = 1e-9;

// All lanes of one slice.
struct SliceOfLanes {
    std::uint64_t start_ns = UINT64_MAX, end_ns = 0;
    double clock_s = 0, iterations = 0;
    std::uint32_t lanes = 0;
};

} // namespace

double clock_seconds(const SliceRecord& slice, Clock clock) noexcept {
    switch (clock) {
    case Clock::manual:
        return static_cast<double>(slice.manual_ns) * kSecondsPerNano;
    case Clock::thread_cpu:
        return static_cast<double>(slice.thread_cpu_ns) * kSecondsPerNano;
    case Clock::process_cpu:
        return static_cast<double>(slice.process_cpu_ns) * kSecondsPerNano;
    case Clock::wall:
    case Clock::automatic:
        break;
    }
    return static_cast<double>(slice.wall_ns) * kSecondsPerNano;
}

std::vector<double> iteration_times(std::span<const SliceRecord> slices, Clock clock) {
    std::map<std::uint32_t, SliceOfLanes> by_index;
    for (const SliceRecord& slice : slices) {
        if (slice.flags != 0 || slice.done == 0) {
            continue;
        }
        SliceOfLanes& whole = by_index[slice.index];
        whole.start_ns = std::min(whole.start_ns, slice.start_ns);
        whole.end_ns = std::max(whole.end_ns, slice.start_ns + slice.wall_ns);
        whole.clock_s = clock_seconds(slice, clock);
        whole.iterations = static_cast<double>(slice.done);
        ++whole.lanes;
    }
    std::vector<double> times;
    times.reserve(by_index.size());
    for (const auto& [index, whole] : by_index) {
        const double seconds =
            whole.lanes == 1 ? whole.clock_s
                             : static_cast<double>(whole.end_ns - whole.start_ns) * kSecondsPerNano;
        times.push_back(seconds / whole.iterations);
    }
    return times;
}

} // namespace assay::measure
