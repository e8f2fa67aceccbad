// What state is the world in? Beliefs about the hidden factors from an observation and a prior: the
// likelihood of the observation in front of fixed-point iteration.
//
//   StateInference infer(model, {.tolerance = 0}, {.cached = true});
//   Beliefs q(model.state_counts);
//   const FixedPointResult found = infer(observation, prior_beliefs(model), q);
//
// Borrows the model, which must stay as it is. One per thread; a call allocates nothing.
#pragma once

#include "active_inference/state_inference/fixed_point_iteration.hpp"
#include "active_inference/state_inference/joint_likelihood.hpp"

namespace assay::active_inference {

// D, uniform where the model has none.
[[nodiscard]] Beliefs prior_beliefs(const FactoredModel& model);

class StateInference {
public:
    explicit StateInference(const FactoredModel& model,
                            FixedPointOptions options = {},
                            LogLikelihoodOptions likelihood = {});

    // From uniform beliefs. The observation has no fault (observation_fault.hpp).
    [[nodiscard]] FixedPointResult
    operator()(Observation observation, const Beliefs& prior, Beliefs& q) noexcept {
        q.set_uniform();
        return refine(observation, prior, q);
    }

    // From the beliefs that q holds.
    [[nodiscard]] FixedPointResult
    refine(Observation observation, const Beliefs& prior, Beliefs& q) noexcept {
        likelihood_.observe(observation);
        return iteration_(likelihood_.tables(), prior, q);
    }

    // Of all calls so far.
    [[nodiscard]] InferenceWork work() const noexcept {
        InferenceWork sum = iteration_.work();
        sum.logarithms += likelihood_.logarithms();
        return sum;
    }

private:
    JointLikelihood likelihood_;
    FixedPointIteration iteration_;
};

} // namespace assay::active_inference
