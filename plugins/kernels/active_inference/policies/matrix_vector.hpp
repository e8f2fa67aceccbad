// y = M x for a row-major matrix: each row is summed in four partial sums, an order that depends on
// the number of columns alone, several rows at a time.
//
//   multiply(a.data.data(), outcomes, states, q.data(), qo.data());
//
// Pure functions.
#pragma once

#include <cstddef>
#include <span>

namespace assay::active_inference {

void multiply(const double* matrix,
              std::size_t rows,
              std::size_t columns,
              const double* x,
              double* y) noexcept;

// The sum of products, in the order of a row.
[[nodiscard]] double dot(std::span<const double> x, std::span<const double> y) noexcept;

} // namespace assay::active_inference
