// Elementary operations on categorical distributions, in place.
//
//   softmax(log_q);                 // subtracts the maximum first
//   std::size_t best = first_highest(q, 1e-8);
//
// Pure functions; spans are not empty.
#pragma once

#include <cstddef>
#include <span>

namespace assay::active_inference {

// x <- exp(x - max x) / sum. Finite for any finite input.
void softmax(std::span<double> x) noexcept;

// x <- x / sum x. The sum must be above 0.
void normalise(std::span<double> x) noexcept;

// Index of the highest entry; of those within `tie` of it the lowest index.
[[nodiscard]] std::size_t first_highest(std::span<const double> x, double tie = 0) noexcept;

} // namespace assay::active_inference
