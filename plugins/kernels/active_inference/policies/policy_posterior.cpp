#include "active_inference/policies/policy_posterior.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/logarithm.hpp"

#include <algorithm>

namespace assay::active_inference {

void policy_posterior(std::span<const double> values,
                      const PolicyPosteriorOptions& options,
                      std::span<double> posterior) noexcept {
    for (std::size_t policy = 0; policy < values.size(); ++policy) {
        double log_weight = options.gamma * values[policy];
        if (!options.free_energy.empty()) {
            log_weight -= options.free_energy[policy];
        }
        if (!options.prior.empty()) {
            log_weight += log_eps(options.prior[policy]);
        }
        posterior[policy] = log_weight;
    }
    softmax(posterior);
}

void action_marginals(const PolicySpace& policies,
                      std::span<const double> posterior,
                      Beliefs& actions) noexcept {
    std::ranges::fill(actions.values(), 0.0);
    for (std::size_t factor = 0; factor < policies.factors(); ++factor) {
        for (std::size_t policy = 0; policy < policies.size(); ++policy) {
            actions[factor][policies.action(policy, 0, factor)] += posterior[policy];
        }
        normalise(actions[factor]);
    }
}

void choose_actions(const Beliefs& actions, std::span<std::size_t> chosen) noexcept {
    for (std::size_t factor = 0; factor < actions.size(); ++factor) {
        chosen[factor] = first_highest(actions[factor], kActionTie);
    }
}

} // namespace assay::active_inference
