// Percentile bootstrap over launches (Efron & Tibshirani, "An Introduction to the Bootstrap", 1993,
// section 13.3): both sides are drawn anew with replacement, each as many launches as it had, and
// the interval is between the outer quantiles of the ratios that come out.
#include "statistics/random_index.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::statistics {
namespace {

double resampled_median(const std::vector<double>& sorted,
                        std::vector<double>& drawn,
                        RandomIndex& random) {
    for (double& value : drawn) {
        value = sorted[random.below(static_cast<std::uint32_t>(sorted.size()))];
    }
    return median(drawn);
}

} // namespace

RatioEstimate ratio_of_medians(std::span<const double> numerator,
                               std::span<const double> denominator,
                               double level,
                               std::uint64_t seed,
                               std::uint32_t resamples) {
    const double below = median(denominator);
    const double ratio =
        below == 0 ? std::numeric_limits<double>::quiet_NaN() : median(numerator) / below;
    RatioEstimate estimate{ratio, std::nullopt};
    if (!std::isfinite(ratio) ||
        std::min(numerator.size(), denominator.size()) < kIntervalLaunchesMin ||
        !(level > 0 && level < 1) || resamples == 0) {
        return estimate;
    }
    // Sorted, so that the draws depend on the values and not on their order.
    const std::vector<double> top = sorted_copy(numerator);
    const std::vector<double> bottom = sorted_copy(denominator);
    std::vector<double> drawn_top(top.size());
    std::vector<double> drawn_bottom(bottom.size());
    std::vector<double> ratios(resamples);
    RandomIndex random(seed);
    for (double& drawn : ratios) {
        const double over = resampled_median(top, drawn_top, random);
        drawn = over / resampled_median(bottom, drawn_bottom, random);
        if (!std::isfinite(drawn)) {
            return estimate; // a denominator that can be zero has no ratio to bound
        }
    }
    std::sort(ratios.begin(), ratios.end());
    const double tail = (1 - level) / 2;
    estimate.interval = Interval{quantile_sorted(ratios, tail), quantile_sorted(ratios, 1 - tail)};
    return estimate;
}

} // namespace assay::statistics
