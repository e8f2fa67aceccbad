// The expected free energy of a policy straight from its formula: loops over states and outcomes,
// nothing shared, nothing kept. What the kernel is held against before it is timed.
//
//   const double g = plain_efe(model, policies, 17, q);
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"

#include <cstddef>

namespace assay::inference {

// Utility and information about the states, summed over modalities; for models in which every
// factor depends on itself alone and there are no preferences.
[[nodiscard]] double plain_efe(const active_inference::FactoredModel& model,
                               const active_inference::PolicySpace& policies,
                               std::size_t policy,
                               const active_inference::Beliefs& q);

} // namespace assay::inference
