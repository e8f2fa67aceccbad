#include "active_inference/learning/model_reduction.hpp"

#include "active_inference/learning/dirichlet.hpp"

#include <cstddef>

namespace assay::active_inference {

void reduced_posterior(const DirichletReduction& reduction, std::span<double> out) noexcept {
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = reduction.posterior[i] + reduction.reduced_prior[i] - reduction.prior[i];
    }
}

double log_evidence_change(const DirichletReduction& reduction,
                           std::span<const double> reduced_posterior) noexcept {
    return log_beta(reduction.posterior) + log_beta(reduction.reduced_prior) -
           log_beta(reduction.prior) - log_beta(reduced_posterior);
}

} // namespace assay::active_inference
