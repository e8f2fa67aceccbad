// The joint distribution of independent ones: out[i, j, ...] = x[i] y[j] ..., row-major.
//
//   outer_product({q0, q1}, joint);      // joint has q0.size() * q1.size() places
//
// A pure function.
#pragma once

#include <initializer_list>
#include <span>

namespace assay::active_inference {

// Multiplies from the first vector on; `out` overlaps none of them. No vectors: {1}.
void outer_product(std::span<const std::span<const double>> vectors,
                   std::span<double> out) noexcept;

inline void outer_product(std::initializer_list<std::span<const double>> vectors,
                          std::span<double> out) noexcept {
    outer_product(std::span(vectors.begin(), vectors.size()), out);
}

} // namespace assay::active_inference
