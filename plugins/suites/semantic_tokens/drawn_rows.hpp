// Numbers of tokens for the families of one stage: normal, from the seed, the same in both
// precisions but for rounding.
//
//   const DrawnRows<float> rows(512, seed);
//   fields.absorb(rows.aligned.data(), 512);
//   naive.absorb(rows.part<double>(0, 32));
//
// A plain value.
#pragma once

#include "random_source/normal_source.hpp"
#include "semantic_tokens/model_shape.hpp"
#include "semantic_tokens/vector_values.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::semantic_tokens_suite {

inline constexpr double kRowDeviation = 0.7; // as sines and cosines of positions have

template <class Real>
struct DrawnRows {
    static constexpr std::uint64_t kStream = 77;

    DrawnRows(std::size_t n, std::uint64_t seed)
        : width(semantic_tokens::ModelShape{}.width)
        , aligned(n * width) {
        NormalSource normal(RandomSource(derived_seed(seed, kStream)));
        for (Real& value : aligned) {
            value = static_cast<Real>(kRowDeviation * normal.next());
        }
    }

    // Rows `first` to `end` - 1.
    template <class Other>
    [[nodiscard]] std::vector<std::vector<Other>> part(std::size_t first, std::size_t end) const {
        std::vector<std::vector<Other>> rows;
        for (std::size_t t = first; t < end; ++t) {
            std::vector<Other>& row = rows.emplace_back(width);
            for (std::size_t k = 0; k < width; ++k) {
                row[k] = static_cast<Other>(aligned[t * width + k]);
            }
        }
        return rows;
    }

    std::size_t width;
    semantic_tokens::VectorValues<Real> aligned;
};

template <class Real>
[[nodiscard]] std::vector<double> widened_row(const Real* rows, std::size_t t, std::size_t width) {
    return {rows + t * width, rows + (t + 1) * width};
}

} // namespace assay::semantic_tokens_suite
