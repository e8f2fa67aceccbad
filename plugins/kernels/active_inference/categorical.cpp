#include "active_inference/categorical.hpp"

#include <algorithm>
#include <cmath>

namespace assay::active_inference {

void softmax(std::span<double> x) noexcept {
    const double highest = *std::ranges::max_element(x);
    double sum = 0;
    for (double& value : x) {
        value = std::exp(value - highest);
        sum += value;
    }
    for (double& value : x) {
        value /= sum;
    }
}

void normalise(std::span<double> x) noexcept {
    double sum = 0;
    for (const double value : x) {
        sum += value;
    }
    for (double& value : x) {
        value /= sum;
    }
}

std::size_t first_highest(std::span<const double> x, double tie) noexcept {
    const double highest = *std::ranges::max_element(x);
    const auto at = std::ranges::find_if(x, [&](double value) { return value >= highest - tie; });
    return static_cast<std::size_t>(at - x.begin());
}

} // namespace assay::active_inference
