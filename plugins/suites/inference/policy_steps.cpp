#include "policy_steps.hpp"

#include "active_inference/policies/policy_space.hpp"

#include <algorithm>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Policies of so many steps; more than any list has entries where that is too many.
std::size_t policies_of(const ai::FactoredModel& model, std::size_t steps) {
    if (ai::policy_space_fault(model.action_counts, steps)) {
        return ai::kMaxPolicies + 1;
    }
    return ai::PolicySpace(model.action_counts, steps).size();
}

// Of the preferences that depend on time; 0 where none does.
std::size_t shortest_time_axis(const ai::FactoredModel& model) {
    std::size_t shortest = 0;
    for (const ai::Tensor& preference : model.preferences) {
        if (preference.shape.size() == 2) {
            const std::size_t steps = preference.shape[1];
            shortest = shortest == 0 ? steps : std::min(shortest, steps);
        }
    }
    return shortest;
}

} // namespace

std::size_t policy_steps(const ai::FactoredModel& model) {
    const std::size_t of_prior = model.policy_prior.size();
    if (of_prior > 0 && policies_of(model, 1) > 1) {
        for (std::size_t steps = 1; steps <= kPolicyStepsMax; ++steps) {
            if (policies_of(model, steps) == of_prior) {
                return steps;
            }
        }
        return 1;
    }
    std::size_t steps = std::clamp<std::size_t>(shortest_time_axis(model), 1, kPolicyStepsMax);
    while (steps > 1 && policies_of(model, steps) > kPoliciesAtFirst) {
        --steps;
    }
    return steps;
}

} // namespace assay::inference
