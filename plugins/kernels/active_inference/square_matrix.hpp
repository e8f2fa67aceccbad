// The two operations on square row-major matrices that transition products are made of. There is
// one compiled copy of each, used with and without a cache: that, and -ffp-contract=off, is what
// makes "bitwise equal" a promise and not luck.
//
//   multiply(20, later, earlier, product);      // product = later * earlier
//   smoothing_transpose(20, product, smoothing);
//
// Pure functions. Up to about 100 states Eigen's work area lies on the stack; above it comes from
// the heap, and multiply() may throw std::bad_alloc.
#pragma once

#include <cstddef>

namespace assay::active_inference {

// The floor of norm(X) = (X + 1e-16) / column sums of (X + 1e-16).
inline constexpr double kProbabilityFloor = 1e-16;

// out = left * right; `out` overlaps neither.
void multiply(std::size_t n, const double* left, const double* right, double* out);

// out = norm(matrix transposed): the message that the next time step sends back. Column s' of `out`
// is row s' of `matrix`, normalised; `out` does not overlap `matrix`.
void smoothing_transpose(std::size_t n, const double* matrix, double* out) noexcept;

// Multiply-adds of one product; of one smoothing transpose (two per entry: one for the sum,
// one for the share).
constexpr std::size_t multiply_ops(std::size_t n) noexcept {
    return n * n * n;
}

constexpr std::size_t smoothing_ops(std::size_t n) noexcept {
    return 2 * n * n;
}

} // namespace assay::active_inference
