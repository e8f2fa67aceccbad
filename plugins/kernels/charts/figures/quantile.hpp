// Quantiles and ranges of samples, for figures that summarise them.
//
//   std::vector<double> sorted = sorted_numbers(samples);   // what is no number is left out
//   double median = quantile(sorted, 0.5);
//
// Pure.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace assay::charts {

[[nodiscard]] inline std::vector<double> sorted_numbers(std::span<const double> samples) {
    std::vector<double> sorted;
    std::copy_if(samples.begin(), samples.end(), std::back_inserter(sorted), [](double sample) {
        return std::isfinite(sample);
    });
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

// Between the neighbours, linearly (type 7 of Hyndman and Fan); no number of nothing.
[[nodiscard]] inline double quantile(std::span<const double> sorted, double share) {
    if (sorted.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double rest = place - static_cast<double>(below);
    return sorted[below] * (1 - rest) + sorted[above] * rest;
}

} // namespace assay::charts
