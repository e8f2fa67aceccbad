// A model that an unoptimised build gets through at once, and how far two results are apart.
//
//   const auto& model = small_model<double>();
//   relative_difference(processor.rows(), naive.rows()) < 1e-10
//
// Pure.
#pragma once

#include "random_source/normal_source.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "semantic_tokens/token_processor.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace semantic_tokens_test {

using namespace assay::semantic_tokens;

inline constexpr double kEqual = 1e-10;    // f64
inline constexpr double kFloatNear = 1e-4; // f32 beside f64

inline ModelShape small_shape() {
    return {.width = 64, .vocabulary = 997, .layers = 3, .heads = 8, .longest = 600};
}

template <class Real>
const TokenModel<Real>& small_model() {
    static const TokenModel<Real> made(small_shape(), 7);
    return made;
}

template <class Real>
std::vector<double> flat(const std::vector<std::vector<Real>>& rows) {
    std::vector<double> all;
    for (const auto& row : rows) {
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

template <class Real>
std::vector<double> flat(std::span<const Real> rows) {
    return {rows.begin(), rows.end()};
}

// The largest difference over the largest expected number; 1 where sizes differ.
inline double relative_difference(const std::vector<double>& found,
                                  const std::vector<double>& expected) {
    if (found.size() != expected.size() || found.empty()) {
        return 1;
    }
    double off = 0, largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        off = std::isfinite(found[i]) ? std::max(off, std::abs(found[i] - expected[i])) : 1e300;
        largest = std::max(largest, std::abs(expected[i]));
    }
    return off / largest;
}

template <class Real>
VectorValues<Real> aligned(const std::vector<std::vector<Real>>& rows) {
    VectorValues<Real> all;
    for (const auto& row : rows) {
        all.insert(all.end(), row.begin(), row.end());
    }
    return all;
}

// n rows of normal numbers.
template <class Real>
std::vector<std::vector<Real>>
drawn_rows(std::uint64_t seed, std::size_t n, std::size_t width, double deviation = 1) {
    assay::NormalSource normal(assay::RandomSource(assay::derived_seed(seed, 99)));
    std::vector<std::vector<Real>> rows(n, std::vector<Real>(width));
    for (auto& row : rows) {
        for (Real& value : row) {
            value = static_cast<Real>(deviation * normal.next());
        }
    }
    return rows;
}

} // namespace semantic_tokens_test
