#include "statistics/change_points/roughness.hpp"

#include "statistics/robust_scale.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::statistics {
namespace {

constexpr std::size_t kPointsMin = 30;
constexpr double kCut = 2.5;    // scaled MADs
constexpr double kChance = 3.5; // r of white noise stays below this / sqrt(points)
constexpr double kRhoMax = 0.9; // beyond it nothing would be left of the sample size

// W of the header for differences over `lag` points; `differences` is a scratch.
double
cut_variance(std::span<const double> series, std::size_t lag, std::vector<double>& differences) {
    differences.clear();
    for (std::size_t t = lag; t < series.size(); ++t) {
        differences.push_back(series[t] - series[t - lag]);
    }
    std::ranges::sort(differences);
    const double cut = kCut * scaled_mad_sorted(differences);
    const double centre = median_sorted(differences);
    double squares = 0;
    for (const double d : differences) {
        const double distance = std::min(std::abs(d - centre), cut);
        squares += distance * distance;
    }
    return squares / static_cast<double>(differences.size());
}

} // namespace

Roughness roughness(std::span<const double> series) {
    Roughness result;
    if (series.size() < kPointsMin) {
        return result;
    }
    std::vector<double> differences;
    differences.reserve(series.size());
    const double near = cut_variance(series, 1, differences);
    const double far = cut_variance(series, 2, differences);
    if (!(near > 0)) {
        return result;
    }
    result.r = far / near - 1;
    result.smooth = result.r > 1;
    if (!result.smooth && result.r >= kChance / std::sqrt(static_cast<double>(series.size()))) {
        result.rho = std::min(result.r, kRhoMax);
    }
    return result;
}

} // namespace assay::statistics
