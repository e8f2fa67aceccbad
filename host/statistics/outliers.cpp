#include "statistics/outliers.hpp"

#include "statistics/distributions.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>

namespace assay::statistics {
namespace {

// lambda_i of the paper for the i-th test (from 1) of n values.
double critical_value(std::size_t count, std::size_t i, double alpha) {
    const auto remaining = static_cast<double>(count - i + 1); // before this one is taken out
    const double degrees = remaining - 2;
    const double t = quantile_t(1 - alpha / (2 * remaining), degrees);
    return (remaining - 1) * t / std::sqrt((degrees + t * t) * remaining);
}

struct Spread {
    double centre, width;
};

Spread spread_of(std::span<const double> values, OutlierCentre centre) {
    switch (centre) {
    case OutlierCentre::mean:
        return {mean(values), standard_deviation(values)};
    case OutlierCentre::mad:
        break;
    }
    return {median(values), scaled_mad(values)};
}

} // namespace

Outliers find_outliers(std::span<const double> values, const OutlierOptions& options) {
    Outliers result;
    const std::size_t tests =
        options.outliers_max.value_or(std::clamp<std::size_t>(values.size() / 10, 1, 10));
    std::vector<double> remaining(values.begin(), values.end());
    std::vector<std::size_t> places(values.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = i;
    }
    std::size_t outliers = 0;
    for (std::size_t i = 1; i <= tests && remaining.size() >= 3; ++i) {
        const Spread spread = spread_of(remaining, options.centre);
        if (!(spread.width > 0)) {
            break;
        }
        const auto furthest = std::ranges::max_element(
            remaining, {}, [&](double x) { return std::abs(x - spread.centre); });
        const auto at = furthest - remaining.begin();
        result.steps.push_back({places[static_cast<std::size_t>(at)],
                                std::abs(*furthest - spread.centre) / spread.width,
                                critical_value(values.size(), i, options.alpha)});
        if (result.steps.back().r > result.steps.back().critical) {
            outliers = i;
        }
        remaining.erase(furthest);
        places.erase(places.begin() + at);
    }
    for (std::size_t i = 0; i < outliers; ++i) {
        result.indices.push_back(result.steps[i].index);
    }
    std::ranges::sort(result.indices);
    return result;
}

} // namespace assay::statistics
