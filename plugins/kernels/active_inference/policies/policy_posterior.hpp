// From the values of policies to an action.
//
//   policy_posterior(efe.values(), {.gamma = 16}, q_pi);
//   action_marginals(efe.policies(), q_pi, actions);     // Beliefs over each factor's actions
//   choose_actions(actions, chosen);
//
// Pure functions (dialect eps); nothing is allocated.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/policies/policy_space.hpp"

#include <cstddef>
#include <span>

namespace assay::active_inference {

// Probabilities closer than this are a tie, which goes to the action with the lowest number.
inline constexpr double kActionTie = 1e-8;

struct PolicyPosteriorOptions {
    double gamma = 16;                        // precision
    std::span<const double> free_energy = {}; // F of each policy; empty: none
    std::span<const double> prior = {};       // E; empty: all policies alike
};

// softmax(gamma G - F + ln(E + eps))
void policy_posterior(std::span<const double> values,
                      const PolicyPosteriorOptions& options,
                      std::span<double> posterior) noexcept;

// Of the first step: the probability of each action of each factor, normalised. `actions` has an
// entry per action of every factor.
void action_marginals(const PolicySpace& policies,
                      std::span<const double> posterior,
                      Beliefs& actions) noexcept;

// The most probable action of each factor.
void choose_actions(const Beliefs& actions, std::span<std::size_t> chosen) noexcept;

} // namespace assay::active_inference
