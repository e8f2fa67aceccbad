// The negative expected free energy of a policy: the formula in plain loops, for verification.
//   G = sum_t sum_m [ qo ln(softmax(C_m) + 1e-16) + sum_s Q(s) sum_o A ln(A + e^-16)
//                     - sum_o qo' ln(qo' + 1e-16) ]
// with the gain over the states Q(s) > e^-16 alone, qo' their outcomes: utility and the factorised
// information about the states. Nothing is shared or kept; expected_free_energy.hpp is held against
// it.
//
//   const double g = plain_expected_free_energy(model, policies, 17, q);
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"

#include <cstddef>
#include <vector>

namespace assay::active_inference {

// B[actions of the policy's step] q, of every factor.
[[nodiscard]] Beliefs plain_step(const FactoredModel& model,
                                 const PolicySpace& policies,
                                 std::size_t policy,
                                 std::size_t step,
                                 const Beliefs& q);

// A_m q, of every modality.
[[nodiscard]] std::vector<std::vector<double>> plain_outcomes(const FactoredModel& model,
                                                              const Beliefs& q);

// What one step adds to G, q being the beliefs it leads to.
[[nodiscard]] double
plain_step_value(const FactoredModel& model, const Beliefs& q, std::size_t step);

[[nodiscard]] double plain_expected_free_energy(const FactoredModel& model,
                                                const PolicySpace& policies,
                                                std::size_t policy,
                                                const Beliefs& q);

} // namespace assay::active_inference
