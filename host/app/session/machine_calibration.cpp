#include "app/session/machine_calibration.hpp"

#include "statistics/summary.hpp"

#include <vector>

namespace assay::app {
namespace {

using measure::SliceRecord;

std::vector<double> seconds_per_link(const std::vector<SliceRecord>& slices,
                                     std::uint64_t SliceRecord::*time) {
    std::vector<double> seconds;
    for (const SliceRecord& slice : slices) {
        if (slice.iterations > 0 && slice.*time > 0) {
            seconds.push_back(static_cast<double>(slice.*time) * 1e-9 /
                              static_cast<double>(slice.iterations));
        }
    }
    return seconds;
}

std::optional<double> link_s(const std::vector<SliceRecord>& slices) {
    std::vector<double> seconds = seconds_per_link(slices, &SliceRecord::thread_cpu_ns);
    if (seconds.size() < slices.size()) {
        seconds = seconds_per_link(slices, &SliceRecord::wall_ns);
    }
    return seconds.empty() ? std::nullopt : std::optional(statistics::median(seconds));
}

} // namespace

std::optional<double> calibration_of(const measure::KernelSlices& slices) {
    const auto multiplication = link_s(slices.alu);
    const auto read = link_s(slices.memory);
    if (!multiplication || !read) {
        return std::nullopt;
    }
    return kCalibrationMultiplications * *multiplication + kCalibrationReads * *read;
}

} // namespace assay::app
