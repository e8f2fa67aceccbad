// Bayesian model reduction: what the evidence and the posterior would have been under another
// prior, from the posterior under the prior that was used, without seeing the data again.
//   s  = q + r - p
//   dF = ln B(q) + ln B(r) - ln B(p) - ln B(s)
//
//   const DirichletReduction learnt{.posterior = q, .prior = p, .reduced_prior = r};
//   reduced_posterior(learnt, s);
//   const double nats = log_evidence_change(learnt, s);
//
// Pure functions. All counts, those of s too, must be above 0.
#pragma once

#include <span>

namespace assay::active_inference {

struct DirichletReduction {
    std::span<const double> posterior;     // q
    std::span<const double> prior;         // p
    std::span<const double> reduced_prior; // r
};

// s
void reduced_posterior(const DirichletReduction& reduction, std::span<double> out) noexcept;

// dF, with s as reduced_posterior() gave it.
[[nodiscard]] double log_evidence_change(const DirichletReduction& reduction,
                                         std::span<const double> reduced_posterior) noexcept;

} // namespace assay::active_inference
