// Exact beliefs over time of one chain by the forward-backward recursion: what the approximations
// of this folder are held against.
//
//   ChainSmoothing exact(model, {.observed = 5});            // one factor that depends on itself
//   exact.observe(window);
//   double log_evidence = exact.infer(prior, {.previous = taken}, trajectory); // ln p(o_0 ...)
//
// An observation that the model holds impossible says nothing about the states; the evidence is
// then -infinity. Allocates in its constructor only. One thread at a time.
#pragma once

#include "active_inference/trajectories/step_likelihoods.hpp"
#include "active_inference/trajectories/trajectory.hpp"
#include "active_inference/trajectories/transition_messages.hpp"

namespace assay::active_inference {

class ChainSmoothing {
public:
    // Throws std::invalid_argument for a model that is not one chain.
    ChainSmoothing(const FactoredModel& model, TrajectoryLengths lengths);

    void observe(std::span<const Outcome> window) noexcept;

    // A row of actions between every two steps: the first rows + 1 beliefs are overwritten. Returns
    // the logarithm of the evidence.
    double infer(const Beliefs& prior, ActionRows actions, std::span<Beliefs> trajectory) noexcept;

    [[nodiscard]] const TrajectoryWork& work() const noexcept { return work_; }

private:
    [[nodiscard]] double weigh(std::size_t step, std::span<double> q) const noexcept;

    std::size_t states_;
    std::vector<Tensor> tables_;
    TransitionMessages transitions_;
    std::size_t observed_ = 0;
    std::vector<double> likelihoods_; // [t][s]
    std::vector<double> ahead_;       // p(what was observed after a step | its state), scaled
    std::vector<double> message_;
    TrajectoryWork work_;
};

} // namespace assay::active_inference
