#include "verdict/resolution.hpp"

#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::verdict {
namespace {

using measure::SliceRecord;

constexpr double kNormalMad = 1.4826;
constexpr double kHalfWidth = 3.5; // of the always-valid interval, in sd / sqrt(pairs)
constexpr std::size_t kPairsBounded = 7;
constexpr std::size_t kPairsForSpread = 4;
constexpr double kPair_s = 0.04; // twelve slices a side and two fresh processes
constexpr double kForCases = 0.8;

double robust_sd(const std::vector<double>& values) {
    return values.size() < 2 ? 0 : kNormalMad * statistics::median_absolute_deviation(values);
}

std::vector<double> logs(const std::vector<SliceRecord>& slices, std::uint64_t SliceRecord::*time) {
    std::vector<double> values;
    for (const SliceRecord& slice : slices) {
        if (slice.*time > 0) {
            values.push_back(std::log(static_cast<double>(slice.*time)));
        }
    }
    return values;
}

// Slices a b, b a, a b, ... as in a real pair; the figure is the median of ln(b / a).
std::vector<double> short_pairs(const std::vector<SliceRecord>& slices) {
    std::vector<double> pairs;
    std::vector<double> ratios;
    for (std::size_t i = 0; i + 1 < slices.size(); i += 2) {
        const double first = static_cast<double>(slices[i].thread_cpu_ns);
        const double second = static_cast<double>(slices[i + 1].thread_cpu_ns);
        if (!(first > 0) || !(second > 0)) {
            continue;
        }
        const bool swapped = i / 2 % 2 == 1;
        ratios.push_back(swapped ? std::log(first / second) : std::log(second / first));
        if (ratios.size() == kResolutionSlices) {
            pairs.push_back(statistics::median(ratios));
            ratios.clear();
        }
    }
    return pairs;
}

double preempted(const std::vector<SliceRecord>& slices) {
    const auto count = std::ranges::count_if(
        slices, [](const SliceRecord& slice) { return slice.involuntary_switches > 0; });
    return slices.empty() ? 0 : static_cast<double>(count) / static_cast<double>(slices.size());
}

} // namespace

Resolution resolution_of(const measure::MachineSample& sample) {
    Resolution resolution;
    for (const auto* slices : {&sample.alu, &sample.memory}) {
        const std::vector<double> pairs = short_pairs(*slices);
        resolution.slice_sd =
            std::max(resolution.slice_sd, robust_sd(logs(*slices, &SliceRecord::thread_cpu_ns)));
        resolution.wall_sd =
            std::max(resolution.wall_sd, robust_sd(logs(*slices, &SliceRecord::wall_ns)));
        resolution.pair_sd = std::max(resolution.pair_sd, robust_sd(pairs));
        resolution.preempted_share = std::max(resolution.preempted_share, preempted(*slices));
        resolution.slices = slices->size();
        resolution.pairs = pairs.size();
    }
    resolution.steal_share = sample.steal_share;
    resolution.clocks = sample.clocks;
    resolution.seconds = sample.seconds;
    return resolution;
}

std::optional<double> smallest_change(double pair_sd, double margin, std::size_t pairs) {
    if (pairs < kPairsBounded) {
        return std::nullopt;
    }
    return margin + kHalfWidth * pair_sd / std::sqrt(static_cast<double>(pairs));
}

// Of three pairs or fewer the spread may be 0 by chance, which would promise anything.
std::optional<double>
smallest_change(const Resolution& resolution, double margin, std::size_t pairs) {
    return resolution.pairs < kPairsForSpread ? std::nullopt
                                              : smallest_change(resolution.pair_sd, margin, pairs);
}

std::size_t pairs_expected(double budget_s, std::size_t cases) {
    const double each = kForCases * budget_s / static_cast<double>(std::max<std::size_t>(cases, 1));
    return static_cast<std::size_t>(std::max(0.0, each / kPair_s));
}

} // namespace assay::verdict
