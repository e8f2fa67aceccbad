// How many steps the policies of a user's model have: what its own tensors say, where they say it.
//
//   const std::size_t steps = policy_steps(model);        // 2 for 4 actions and an E of 16 entries
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"

#include <cstddef>

namespace assay::inference {

// Of a policy that a family is asked for.
inline constexpr std::size_t kPolicyStepsMax = 20;

// As many as E has an entry for each policy of; without E as many as the shortest C has columns,
// but no more than lead to kPoliciesAtFirst policies; else one. An E that has not one entry for
// each policy of any number of steps: one, for policy_fault() to refuse.
inline constexpr std::size_t kPoliciesAtFirst = 4096;
[[nodiscard]] std::size_t policy_steps(const active_inference::FactoredModel& model);

} // namespace assay::inference
