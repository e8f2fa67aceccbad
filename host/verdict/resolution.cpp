#include "verdict/resolution.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"
#include "verdict/machine_decisions.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace assay::verdict {
namespace {

using measure::SliceRecord;
using Time = std::uint64_t SliceRecord::*;

constexpr double kHalfWidth = 3.5; // of the always-valid interval, in sd / sqrt(pairs)
constexpr std::size_t kPairsBounded = 7;
constexpr std::size_t kPairsForSpread = 4;
constexpr double kPair_s = 0.04; // twelve slices a side and two fresh processes
constexpr double kForCases = 0.8;

double robust_sd(const std::vector<double>& values) {
    return values.size() < 2 ? 0 : statistics::scaled_mad(values);
}

std::vector<double> logs(const std::vector<SliceRecord>& slices, Time time) {
    std::vector<double> values;
    for (const SliceRecord& slice : slices) {
        if (slice.*time > 0) {
            values.push_back(std::log(static_cast<double>(slice.*time)));
        }
    }
    return values;
}

// Slices a b, b a, a b, ... as in a real pair: ln(b / a) of each, in the order taken.
std::vector<double> steps(const std::vector<SliceRecord>& slices, Time time) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i + 1 < slices.size(); i += 2) {
        const double first = static_cast<double>(slices[i].*time);
        const double second = static_cast<double>(slices[i + 1].*time);
        if (!(first > 0) || !(second > 0)) {
            continue;
        }
        const bool swapped = i / 2 % 2 == 1;
        ratios.push_back(swapped ? std::log(first / second) : std::log(second / first));
    }
    return ratios;
}

// The figure of a short pair is the median of its steps.
std::vector<double> short_pairs(std::span<const double> steps) {
    std::vector<double> pairs;
    for (; steps.size() >= kResolutionSlices; steps = steps.subspan(kResolutionSlices)) {
        pairs.push_back(statistics::median(steps.first(kResolutionSlices)));
    }
    return pairs;
}

double share(const std::vector<SliceRecord>& slices, bool (*holds)(const SliceRecord&)) {
    const auto count = std::ranges::count_if(slices, holds);
    return slices.empty() ? 0 : static_cast<double>(count) / static_cast<double>(slices.size());
}

// `time`: the clock of steps and pairs.
Spread spread_of(const measure::KernelSlices& kernels, Time time) {
    Spread spread;
    for (const auto* slices : {&kernels.alu, &kernels.memory}) {
        const std::vector<double> ratios = steps(*slices, time);
        const std::vector<double> pairs = short_pairs(ratios);
        const double preempted =
            share(*slices, [](const SliceRecord& one) { return one.involuntary_switches > 0; });
        const double timeless =
            share(*slices, [](const SliceRecord& one) { return one.thread_cpu_ns == 0; });
        spread.slice_sd =
            std::max(spread.slice_sd, robust_sd(logs(*slices, &SliceRecord::thread_cpu_ns)));
        spread.wall_sd = std::max(spread.wall_sd, robust_sd(logs(*slices, &SliceRecord::wall_ns)));
        spread.step_sd = std::max(spread.step_sd, robust_sd(ratios));
        spread.pair_sd = std::max(spread.pair_sd, robust_sd(pairs));
        spread.preempted_share = std::max(spread.preempted_share, preempted);
        spread.timeless_share = std::max(spread.timeless_share, timeless);
        spread.slices = slices->size();
        spread.pairs = pairs.size();
    }
    return spread;
}

} // namespace

Resolution resolution_of(const measure::MachineSample& sample) {
    Resolution resolution;
    Time time = &SliceRecord::thread_cpu_ns;
    resolution.free = spread_of(sample.free, time);
    if (clock_of(resolution).clock == measure::Clock::wall) {
        time = &SliceRecord::wall_ns;
        resolution.free = spread_of(sample.free, time);
    }
    if (!sample.pinned.alu.empty()) {
        resolution.pinned = spread_of(sample.pinned, time);
    }
    static_cast<Spread&>(resolution) =
        resolution.pinned && pinning_of(resolution).kept ? *resolution.pinned : resolution.free;
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
