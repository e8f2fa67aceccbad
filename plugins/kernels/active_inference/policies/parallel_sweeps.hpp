// The posterior over states after one observation, by a fixed number of parallel fixed-point sweeps
// from uniform beliefs, every factor from the old beliefs of the others (dialect eps):
//   q_f <- softmax(sum_{m with f} E_{q without f}[ln(A_m[o_m, s] + eps)] + ln(prior_f + eps))
// As many sweeps as asked for, without a stopping rule: what a search tree needs at each node,
// where equal work matters more than the last digit.
//
//   ParallelSweeps sweeps(model);
//   sweeps.infer(model, outcomes, prior, 10, q);
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class ParallelSweeps {
public:
    explicit ParallelSweeps(const FactoredModel& model);

    // `outcomes` has an index per modality. `q` is another object than `prior`.
    void infer(const FactoredModel& model,
               std::span<const std::size_t> outcomes,
               const Beliefs& prior,
               std::size_t count,
               Beliefs& q) noexcept;

private:
    // From the old beliefs q into next_.
    void sweep(const FactoredModel& model, const Beliefs& q) noexcept;

    std::vector<std::vector<double>> log_likelihoods_; // of what was observed, by modality
    std::vector<std::vector<Contraction>> plans_;      // [modality][axis kept]
    std::vector<const double*> vectors_;
    std::vector<double> message_, work_;
    Beliefs log_prior_, next_;
};

} // namespace assay::active_inference
