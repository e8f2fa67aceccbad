// The posterior by going through every joint state: what approximations are measured against.
//
//   if (const auto exact = exact_posterior(model, tables, prior)) { exact->marginals[f][s]; }
//
// Pure functions; time and memory grow with the number of joint states.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/state_inference/log_likelihood.hpp"

#include <cstddef>
#include <optional>

namespace assay::active_inference {

// 8 MB of joint table; above this a suite reports no error against exact.
inline constexpr std::size_t kJointStatesMax = 1'000'000;

struct ExactPosterior {
    Beliefs marginals;
    double log_evidence = 0; // ln p(o), of likelihoods and priors floored as in the tables
};

// Nothing when the model has more joint states than `joint_states_max`.
[[nodiscard]] std::optional<ExactPosterior>
exact_posterior(const FactoredModel& model,
                const LogLikelihood& tables,
                const Beliefs& prior,
                std::size_t joint_states_max = kJointStatesMax);

} // namespace assay::active_inference
