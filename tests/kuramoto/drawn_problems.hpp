// Problems and phases drawn from a seed, and how far two lists of numbers are apart.
//
//   const Problem problem{drawn(50, 1), symmetric_coupling(50, 2)};
//   CHECK(largest_difference(a, b) < 1e-12);
//
// Pure functions.
#pragma once

#include "kuramoto/problem.hpp"
#include "kuramoto/right_hand_side.hpp"
#include "random_source/random_source.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

namespace kuramoto_test {

using namespace assay::kuramoto;

// From -scale to scale.
inline std::vector<double> drawn(std::size_t n, std::uint64_t seed, double scale = 1) {
    assay::RandomSource random(seed);
    std::vector<double> values(n);
    for (double& value : values) {
        value = scale * (2 * random.unit() - 1);
    }
    return values;
}

inline std::vector<double> drawn_phases(std::size_t n, std::uint64_t seed) {
    return drawn(n, seed, std::numbers::pi);
}

inline std::vector<double> uniform_matrix(std::size_t n, double value) {
    return std::vector<double>(n * n, value);
}

inline DenseCoupling symmetric_coupling(std::size_t n, std::uint64_t seed) {
    std::vector<double> k = drawn(n * n, seed, 2.0 / static_cast<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            k[i * n + j] = k[j * n + i];
        }
    }
    return {k};
}

inline std::vector<double>
rates_of(const Problem& problem, const std::vector<double>& phases, Way way = Way::fast) {
    RightHandSide right(problem, way);
    AlignedValues theta{std::span<const double>(phases)};
    AlignedValues rate(phases.size());
    right(theta.data(), rate.data());
    return {rate.values().begin(), rate.values().end()};
}

// Of the numbers, over what is largest in size where that is above 1.
inline double largest_difference(std::span<const double> a, std::span<const double> b) {
    if (a.size() != b.size()) {
        return INFINITY;
    }
    double most = 0, scale = 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
        most = std::fmax(most, std::isfinite(a[i] - b[i]) ? std::abs(a[i] - b[i]) : INFINITY);
        scale = std::fmax(scale, std::abs(b[i]));
    }
    return most / scale;
}

} // namespace kuramoto_test
