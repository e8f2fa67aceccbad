// The Dirichlet distribution over the parameters of a categorical one, given by its counts. A count
// of 0 is an entry that the distribution does not have.
//
//   const double nats = dirichlet_divergence(after, before);
//
// Pure functions.
#pragma once

#include <span>

namespace assay::active_inference {

// ln B(z) = sum ln Gamma(z_i) - ln Gamma(sum z_i)
[[nodiscard]] double log_beta(std::span<const double> counts) noexcept;

// The derivative of ln Gamma, for x > 0.
[[nodiscard]] double digamma(double x) noexcept;

// KL(Dir(a) || Dir(b)); at least 0, and 0 where a = b. Both have their zeros in the same places.
[[nodiscard]] double dirichlet_divergence(std::span<const double> a,
                                          std::span<const double> b) noexcept;

} // namespace assay::active_inference
