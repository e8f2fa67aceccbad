// Learning by counting: what was observed, weighted with the beliefs about where it was observed,
// is added to Dirichlet counts at a rate eta:
//   a_m        += eta o (x) q_pa(m)     where A > 0
//   b_f[.., u] += eta q' (x) q_pa(f)    where B > 0
//   d_f        += eta q                 where d > 0
// The model's tensors become the counts' expectations (columns over their sums), and its version
// rises.
//
//   DirichletLearner learner(model);
//   learner.learn_likelihoods(observation, q, 1.0, counts, model);
//
// Model and counts must be without fault (model_fault.hpp, dirichlet_counts.hpp). One per thread.
// Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

// The counts' columns over their sums, for every tensor that has counts. Raises the version.
void expect_from_counts(const DirichletCounts& counts, FactoredModel& model);

class DirichletLearner {
public:
    explicit DirichletLearner(const FactoredModel& model);

    void learn_likelihoods(Observation observation,
                           const Beliefs& q,
                           double rate,
                           DirichletCounts& counts,
                           FactoredModel& model);

    // After the actions (one per factor) led from `before` to `q`.
    void learn_transitions(std::span<const std::size_t> actions,
                           const Beliefs& before,
                           const Beliefs& q,
                           double rate,
                           DirichletCounts& counts,
                           FactoredModel& model);

    void learn_priors(const Beliefs& q, double rate, DirichletCounts& counts, FactoredModel& model);

private:
    std::span<const double> joint_of(const FactorList& factors, const Beliefs& q) noexcept;

    std::vector<double> joint_, sums_;
    std::vector<std::span<const double>> vectors_;
};

} // namespace assay::active_inference
