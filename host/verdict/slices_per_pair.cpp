#include "verdict/slices_per_pair.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::verdict {

std::uint32_t slices_per_pair(PairCosts costs, std::span<const std::vector<double>> ratios) {
    std::vector<double> within;  // variance of the slices, by pair
    std::vector<double> centres; // of the pairs
    double slices = 0;
    for (const std::vector<double>& pair : ratios) {
        if (pair.size() < 2) {
            continue;
        }
        const double sd = statistics::scaled_mad(pair);
        within.push_back(sd * sd);
        centres.push_back(statistics::median(pair));
        slices += static_cast<double>(pair.size());
    }
    if (centres.size() < 2 || !(costs.pair_s > 0) || !(costs.slice_s > 0)) {
        return kSlicesPerPairMost;
    }
    slices /= static_cast<double>(centres.size());
    const double inside = statistics::median(within);
    const double sd = statistics::scaled_mad(centres);
    // What the medians of pairs would spread by their slices alone: pi/2 of the mean's variance.
    const double explained = std::numbers::pi / 2 * inside / slices;
    const double between = sd * sd - explained;
    if (!(between > 0)) {
        return kSlicesPerPairMost;
    }
    const double best = std::sqrt(costs.pair_s / costs.slice_s * inside / between);
    return static_cast<std::uint32_t>(std::clamp(std::round(best),
                                                 static_cast<double>(kSlicesPerPairLeast),
                                                 static_cast<double>(kSlicesPerPairMost)));
}

} // namespace assay::verdict
