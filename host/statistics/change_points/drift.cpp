#include "statistics/change_points/drift.hpp"

#include "statistics/summary.hpp"
#include "statistics/trend.hpp"

#include <algorithm>
#include <cmath>

namespace assay::statistics {
namespace {

constexpr double kTypicalJumps = 6;      // in a moving series, to be a jump at all
constexpr std::size_t kStaircaseMin = 3; // points of one direction that may be a climb
constexpr std::size_t kTailMin = 12;     // points of a last segment that may climb by itself
constexpr double kTailP = 0.001;

Drift drift_over(std::span<const double> series, IndexRange span, double effective_share) {
    const auto part = series.subspan(span.first, span.size());
    return {span, theil_sen_slope(part), mann_kendall(part, effective_share).p};
}

std::vector<std::size_t> indices_of(std::span<const FoundStep> steps) {
    std::vector<std::size_t> indices;
    for (const FoundStep& step : steps) {
        indices.push_back(step.index);
    }
    return indices;
}

// Takes out of `steps` what lies strictly inside `span` and is not among `kept`.
void keep_only(const std::vector<std::size_t>& kept,
               IndexRange span,
               std::vector<FoundStep>& steps) {
    std::erase_if(steps, [&](const FoundStep& step) {
        return step.index > span.first && step.index < span.end &&
               !std::ranges::binary_search(kept, step.index);
    });
}

StepsAndDrifts of_moving_series(std::span<const double> series, std::vector<FoundStep> steps) {
    const IndexRange whole{0, series.size()};
    const std::vector<double> smooth = despiked(series);
    const JumpLimits limits{.height_min = kTypicalJumps * typical_jump(smooth)};
    const auto kept = choose_jumps(smooth, indices_of(steps), whole, limits);
    keep_only(kept, whole, steps);
    return {std::move(steps), {drift_over(series, whole, 1)}};
}

// [first, end) of points that all change the segment median into one direction.
using Staircase = IndexRange;

std::vector<Staircase> staircases(std::span<const double> series,
                                  const std::vector<FoundStep>& steps) {
    std::vector<double> medians;
    std::size_t first = 0;
    for (std::size_t i = 0; i <= steps.size(); ++i) {
        const std::size_t end = i < steps.size() ? steps[i].index : series.size();
        medians.push_back(median(series.subspan(first, end - first)));
        first = end;
    }
    const auto rises = [&](std::size_t i) { return medians[i + 1] > medians[i]; };
    const auto changes = [&](std::size_t i) { return medians[i + 1] != medians[i]; };
    std::vector<Staircase> found;
    for (std::size_t begin = 0, next = 0; begin < steps.size(); begin = next) {
        next = begin + 1;
        while (next < steps.size() && changes(begin) && changes(next) &&
               rises(next) == rises(begin)) {
            ++next;
        }
        if (next - begin >= kStaircaseMin) {
            found.push_back({begin, next});
        }
    }
    return found;
}

void resolve_staircases(std::span<const double> series,
                        double effective_share,
                        StepsAndDrifts& result) {
    const std::vector<FoundStep> steps = result.steps;
    const std::vector<Staircase> found = staircases(series, steps);
    if (found.empty()) {
        return;
    }
    const std::vector<double> smooth = despiked(series);
    for (const Staircase& stairs : found) {
        const IndexRange span{stairs.first == 0 ? 0 : steps[stairs.first - 1].index,
                              stairs.end == steps.size() ? series.size() : steps[stairs.end].index};
        const auto candidates = indices_of(std::span(steps).subspan(stairs.first, stairs.size()));
        const auto kept =
            choose_jumps(smooth, candidates, span, {.effective_share = effective_share});
        if (kept.size() < candidates.size()) {
            keep_only(kept, span, result.steps);
            result.drifts.push_back(drift_over(series, span, effective_share));
        }
    }
}

void look_at_tail(std::span<const double> series,
                  double effective_share,
                  double floor,
                  StepsAndDrifts& result) {
    const IndexRange tail{result.steps.empty() ? 0 : result.steps.back().index, series.size()};
    const bool known = !result.drifts.empty() && result.drifts.back().span.end == series.size();
    if (known || tail.size() < kTailMin) {
        return;
    }
    const auto part = series.subspan(tail.first);
    const MannKendall trend = mann_kendall(part, effective_share);
    if (!(trend.p < kTailP)) {
        return;
    }
    const double slope = theil_sen_slope(part);
    const double climbed = std::abs(slope) * static_cast<double>(tail.size());
    if (climbed > floor * std::abs(median(part))) {
        result.drifts.push_back({tail, slope, trend.p});
    }
}

} // namespace

StepsAndDrifts separate_drift(std::span<const double> series,
                              std::vector<FoundStep> steps,
                              const Roughness& roughness,
                              double floor) {
    if (roughness.smooth) {
        return of_moving_series(series, std::move(steps));
    }
    StepsAndDrifts result{std::move(steps), {}};
    resolve_staircases(series, roughness.effective_share(), result);
    look_at_tail(series, roughness.effective_share(), floor, result);
    return result;
}

} // namespace assay::statistics
