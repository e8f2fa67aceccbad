// The expected free energy of a policy by its definition, in plain loops over any number of
// factors: what the agents of the family `comparison` are compared with.
//
//   const double g = reference_policy_value(model, q, policies, policy);
//
// Every modality sees all factors, every factor moves by itself. A pure function.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"

#include <cstddef>

namespace assay::matrix_caching {

// Utility and state gain of all steps. Of preferences that do not depend on time.
[[nodiscard]] double reference_policy_value(const active_inference::FactoredModel& model,
                                            const active_inference::Beliefs& q,
                                            const active_inference::PolicySpace& policies,
                                            std::size_t policy);

} // namespace assay::matrix_caching
