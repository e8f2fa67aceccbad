// Measures of categorical distributions (dialect eps).
//
//   const double nats = divergence_eps(q, p);
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"

#include <cstddef>
#include <span>

namespace assay::active_inference {

// KL(x || y) = sum x (ln(x + eps) - ln(y + eps))
[[nodiscard]] double divergence_eps(std::span<const double> x, std::span<const double> y) noexcept;

// Of all factors together: the sum.
[[nodiscard]] double divergence_eps(const Beliefs& x, const Beliefs& y) noexcept;

// -sum x ln(x + eps) of every column of a tensor with `rows` rows.
void column_entropies(std::span<const double> tensor,
                      std::size_t rows,
                      std::span<double> out) noexcept;

} // namespace assay::active_inference
