#include "planted_vectors.hpp"

#include "random_source/normal_source.hpp"
#include "threshold.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace assay::caching {

namespace {

// Normal in each component, so that no direction is favoured.
std::vector<double> drawn_direction(std::size_t dimension, std::uint64_t seed) {
    NormalSource normal{RandomSource(seed)};
    std::vector<double> drawn(dimension);
    std::ranges::generate(drawn, [&normal] { return normal.next(); });
    return drawn;
}

void bring_to_length_one(std::vector<double>& vector) {
    const double length =
        std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
    for (double& one : vector) {
        one /= length;
    }
}

std::vector<float> rounded(const std::vector<double>& vector) {
    std::vector<float> out(vector.size());
    std::ranges::transform(vector, out.begin(), [](double x) { return static_cast<float>(x); });
    return out;
}

} // namespace

std::vector<float> random_direction(std::size_t dimension, std::uint64_t seed) {
    std::vector<double> drawn = drawn_direction(dimension, seed);
    bring_to_length_one(drawn);
    return rounded(drawn);
}

std::vector<float> planted_at(std::span<const float> unit, double cosine, std::uint64_t seed) {
    require_threshold(cosine);
    if (unit.size() < 2) {
        throw std::invalid_argument("a direction beside another needs at least 2 components");
    }
    std::vector<double> beside = drawn_direction(unit.size(), seed);
    double along = 0, square = 0;
    for (std::size_t i = 0; i < unit.size(); ++i) {
        along += beside[i] * static_cast<double>(unit[i]);
        square += static_cast<double>(unit[i]) * static_cast<double>(unit[i]);
    }
    for (std::size_t i = 0; i < unit.size(); ++i) {
        beside[i] -= along / square * static_cast<double>(unit[i]);
    }
    bring_to_length_one(beside);
    const double sine = std::sqrt(1 - cosine * cosine);
    for (std::size_t i = 0; i < unit.size(); ++i) {
        beside[i] = cosine * static_cast<double>(unit[i]) + sine * beside[i];
    }
    return rounded(beside);
}

} // namespace assay::caching
