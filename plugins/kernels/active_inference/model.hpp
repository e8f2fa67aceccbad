// The generative model of discrete active inference, factored: hidden factors f with S_f states and
// U_f actions, modalities m with O_m outcomes.
//
//   A_m[o, s_pa...]      likelihoods[m]   over the factors likelihood_factors[m]
//   B_f[s', s_pa..., u]  transitions[f]   over the factors transition_factors[f]
//   C_m[o] or [o, t]     preferences[m]   log preferences over outcomes, any finite number
//   D_f[s]               priors[f]        over the first state
//   E[policy]            policy_prior     in the order of policies.hpp
//
// C, D and E may be left empty: no preference, uniform.
// Axis 0 of every A and B is a distribution: columns sum to 1. A model is only used after
// first_fault() (model_fault.hpp) found nothing.
//
// A plain value. Whoever changes a tensor (learning) raises `version`: caches key on it.
#pragma once

#include "active_inference/tensor.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::active_inference {

using FactorList = std::vector<std::size_t>;

struct FactoredModel {
    std::uint64_t version = 1;
    std::vector<std::size_t> state_counts;   // S_f
    std::vector<std::size_t> action_counts;  // U_f
    std::vector<std::size_t> outcome_counts; // O_m
    std::vector<FactorList> transition_factors;
    std::vector<FactorList> likelihood_factors;
    std::vector<Tensor> transitions;
    std::vector<Tensor> likelihoods;
    std::vector<Tensor> preferences;
    std::vector<std::vector<double>> priors;
    std::vector<double> policy_prior;
};

} // namespace assay::active_inference
