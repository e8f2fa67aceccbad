#include "measure/work_time.hpp"

#include "measure/clock.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace assay::measure {
namespace {

using Readings = std::array<std::uint64_t, 9>;

std::uint64_t median(Readings& readings) {
    const auto middle = readings.begin() + readings.size() / 2;
    std::nth_element(readings.begin(), middle, readings.end());
    return *middle;
}

} // namespace

double median_work_s(const std::function<void()>& work) {
    Readings cpu{};
    Readings wall{};
    for (std::size_t i = 0; i < cpu.size(); ++i) {
        const std::uint64_t cpu_before = thread_cpu_ns();
        const std::uint64_t wall_before = monotonic_ns();
        work();
        wall[i] = monotonic_ns() - wall_before;
        cpu[i] = thread_cpu_ns() - cpu_before;
    }
    const std::uint64_t cpu_ns = median(cpu);
    const std::uint64_t typical = cpu_ns > 0 ? cpu_ns : std::max<std::uint64_t>(1, median(wall));
    return static_cast<double>(typical) * 1e-9;
}

} // namespace assay::measure
