#include "active_inference/agent/window_agent.hpp"

#include "active_inference/policies/policy_posterior.hpp"
#include "active_inference/state_inference/state_inference.hpp"

#include <algorithm>
#include <stdexcept>

namespace assay::active_inference {
namespace {

WindowAgentOptions checked(WindowAgentOptions options) {
    if (options.window == 0) {
        throw std::invalid_argument("window is 0, expected at least 1 observation");
    }
    return options;
}

std::vector<std::size_t> plans_of(const PolicySpace& policies) {
    std::vector<std::size_t> plans;
    plans.reserve(policies.size() * policies.horizon() * policies.factors());
    for (std::size_t policy = 0; policy < policies.size(); ++policy) {
        for (std::size_t step = 0; step < policies.horizon(); ++step) {
            for (std::size_t factor = 0; factor < policies.factors(); ++factor) {
                plans.push_back(policies.action(policy, step, factor));
            }
        }
    }
    return plans;
}

} // namespace

WindowAgent::WindowAgent(const FactoredModel& model, WindowAgentOptions options)
    : model_(&model)
    , options_(checked(options))
    , efe_(model, nullptr, {.horizon = options.horizon})
    , trajectories_(model,
                    {.observed = options.window, .horizon = options.horizon},
                    efe_.policies().size(),
                    {.step_size = options.step_size, .iterations = options.iterations})
    , plans_(plans_of(efe_.policies()))
    , prior_(prior_beliefs(model))
    , free_energies_(efe_.policies().size())
    , values_(efe_.policies().size())
    , posterior_(efe_.policies().size())
    , actions_(model.action_counts)
    , chosen_(model.state_counts.size()) {
    outcomes_.reserve(options.window * model.outcome_counts.size());
    taken_.reserve((options.window - 1) * model.state_counts.size());
}

// The window moves on by one step: the oldest leaves once it is full.
void WindowAgent::look(Observation observation) noexcept {
    const auto modalities = static_cast<std::ptrdiff_t>(model_->outcome_counts.size());
    const auto factors = static_cast<std::ptrdiff_t>(model_->state_counts.size());
    if (steps_ >= options_.window) {
        outcomes_.erase(outcomes_.begin(), outcomes_.begin() + modalities);
        if (!taken_.empty()) {
            taken_.erase(taken_.begin(), taken_.begin() + factors);
        }
    }
    outcomes_.insert(outcomes_.end(), observation.begin(), observation.end());
    if (steps_ > 0 && options_.window > 1) {
        taken_.insert(taken_.end(), chosen_.begin(), chosen_.end());
    }
}

void WindowAgent::carry_prior() noexcept {
    std::ranges::fill(prior_.values(), 0.0);
    for (std::size_t policy = 0; policy < posterior_.size(); ++policy) {
        const std::span<const double> first = trajectories_.trajectory(policy)[0].values();
        for (std::size_t at = 0; at < first.size(); ++at) {
            prior_.values()[at] += posterior_[policy] * first[at];
        }
    }
}

bool WindowAgent::infer_states(Observation observation, const CancelCheck& cancelled) noexcept {
    look(observation);
    if (steps_ >= options_.window) {
        carry_prior();
    }
    ++steps_;
    if (!trajectories_.infer(outcomes_, prior_, taken_, plans_, cancelled)) {
        return false;
    }
    for (std::size_t policy = 0; policy < free_energies_.size(); ++policy) {
        free_energies_[policy] = trajectories_[policy].free_energy;
    }
    return true;
}

void WindowAgent::evaluate_policies() {
    for (std::size_t policy = 0; policy < values_.size(); ++policy) {
        values_[policy] =
            efe_.of_sequence(trajectories_.trajectory(policy).last(options_.horizon + 1)).value();
    }
    policy_posterior(
        values_,
        {.gamma = options_.gamma, .free_energy = free_energies_, .prior = model_->policy_prior},
        posterior_);
}

void WindowAgent::choose_action() noexcept {
    action_marginals(efe_.policies(), posterior_, actions_);
    choose_actions(actions_, chosen_);
}

} // namespace assay::active_inference
