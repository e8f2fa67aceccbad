// Marginal message passing for every policy that an agent considers. The policies share the window:
// its likelihoods and the prior are prepared once.
//
//   PolicyTrajectories all(model, {.observed = 5, .horizon = 2}, policies.size() / (2 * factors));
//   all.infer(window, prior, taken, policies);               // policies: [policy][row][factor]
//   all[7].free_energy, all.trajectory(7)
//
// Allocates in its constructor only. One thread at a time. Same inputs, same bits, whatever other
// policies are beside.
#pragma once

#include "active_inference/trajectories/marginal_message_passing.hpp"

namespace assay::active_inference {

class PolicyTrajectories {
public:
    // Throws what MarginalMessagePassing throws.
    PolicyTrajectories(const FactoredModel& model,
                       TrajectoryLengths lengths,
                       std::size_t policies,
                       MarginalMessageOptions options = {});

    [[nodiscard]] std::size_t size() const noexcept { return results_.size(); }

    // Every policy has lengths.horizon rows; the window may be shorter than lengths.observed. False
    // if cancelled: the policies from there on keep what they had.
    bool infer(std::span<const Outcome> window,
               const Beliefs& prior,
               std::span<const std::size_t> previous,
               std::span<const std::size_t> policies,
               const CancelCheck& cancelled = {}) noexcept;

    [[nodiscard]] const TrajectoryResult& operator[](std::size_t policy) const noexcept {
        return results_[policy];
    }

    // As long as the last call's window and policies.
    [[nodiscard]] std::span<const Beliefs> trajectory(std::size_t policy) const noexcept {
        return std::span(trajectories_[policy]).first(steps_);
    }

    [[nodiscard]] const TrajectoryWork& work() const noexcept { return solver_.work(); }

private:
    MarginalMessagePassing solver_;
    std::size_t factors_;
    std::size_t horizon_;
    std::size_t steps_ = 0;
    std::vector<Trajectory> trajectories_;
    std::vector<TrajectoryResult> results_;
};

} // namespace assay::active_inference
