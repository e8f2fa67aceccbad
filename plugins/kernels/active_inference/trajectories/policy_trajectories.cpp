#include "active_inference/trajectories/policy_trajectories.hpp"

namespace assay::active_inference {

PolicyTrajectories::PolicyTrajectories(const FactoredModel& model,
                                       TrajectoryLengths lengths,
                                       std::size_t policies,
                                       MarginalMessageOptions options)
    : solver_(model, lengths, options)
    , factors_(model.state_counts.size())
    , horizon_(lengths.horizon)
    , trajectories_(policies, solver_.trajectory())
    , results_(policies) {}

bool PolicyTrajectories::infer(std::span<const Outcome> window,
                               const Beliefs& prior,
                               std::span<const std::size_t> previous,
                               std::span<const std::size_t> policies,
                               const CancelCheck& cancelled) noexcept {
    solver_.observe(window);
    solver_.set_prior(prior);
    steps_ = solver_.steps(previous.size() / factors_ + 1, horizon_);
    const std::size_t entries = horizon_ * factors_;
    for (std::size_t policy = 0; policy < results_.size(); ++policy) {
        const ActionRows actions{previous, policies.subspan(policy * entries, entries)};
        results_[policy] = solver_.infer(actions, trajectories_[policy], cancelled);
        if (results_[policy].cancelled) {
            return false;
        }
    }
    return true;
}

} // namespace assay::active_inference
