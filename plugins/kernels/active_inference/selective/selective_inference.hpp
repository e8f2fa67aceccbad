// State inference over a stream of observations of which little changes at a time: the likelihood
// is kept up to date (selective_likelihood.hpp), the iteration starts from the last beliefs, and
// where neither observation nor prior changed nothing is done.
//
//   SelectiveInference infer(model, {.max_sweeps = 100, .tolerance = 1e-12}, {.cached = true});
//   const FixedPointResult& found = infer(observation, prior);
//   infer.beliefs();
//
// Started elsewhere, an iteration may come to another optimum of the free energy than from the
// prior: compare the free energies before comparing beliefs.
//
// Borrows the model, which must stay as it is. One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/selective/selective_likelihood.hpp"
#include "active_inference/state_inference/fixed_point_iteration.hpp"

namespace assay::active_inference {

class SelectiveInference {
public:
    explicit SelectiveInference(const FactoredModel& model,
                                FixedPointOptions options = {},
                                LogLikelihoodOptions likelihood = {},
                                std::size_t rebase_steps = kRebaseSteps);

    // The first time, and after forget(), from the prior. An observation without fault
    // (observation_fault.hpp). An iteration that was cancelled is taken up again the next time.
    const FixedPointResult& operator()(Observation observation, const Beliefs& prior) noexcept;

    // As if nothing had been observed before.
    void forget() noexcept;

    [[nodiscard]] const Beliefs& beliefs() const noexcept { return q_; }

    // Of the last call.
    [[nodiscard]] const FixedPointResult& result() const noexcept { return result_; }

    [[nodiscard]] const SelectiveLikelihood& likelihood() const noexcept { return likelihood_; }

    // Of the iteration alone; that of the likelihood is likelihood().work().
    [[nodiscard]] const InferenceWork& work() const noexcept { return iteration_.work(); }

    // Of all iterations so far.
    [[nodiscard]] std::uint64_t sweeps() const noexcept { return sweeps_; }

private:
    SelectiveLikelihood likelihood_;
    FixedPointIteration iteration_;
    Beliefs prior_, q_;
    FixedPointResult result_;
    bool settled_ = false; // q_ is what the last observation and prior_ lead to
    bool started_ = false;
    std::uint64_t sweeps_ = 0;
};

} // namespace assay::active_inference
