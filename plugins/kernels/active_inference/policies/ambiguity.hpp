// The part of the information gain that depends on the likelihood alone:
//   H(s) = sum_o A[o, s] ln(A[o, s] + e^-16),
// minus the ambiguity of state s. A logarithm per entry of the tensor: most of what the expected
// free energy costs, and the same for every policy and step.
//
//   expected_log_likelihood(a.data.data(), outcomes, states, h.data());
//
// A pure function.
#pragma once

#include <cstddef>

namespace assay::active_inference {

// `likelihood` has `outcomes` rows of `states` columns; `out` has a place per state.
void expected_log_likelihood(const double* likelihood,
                             std::size_t outcomes,
                             std::size_t states,
                             double* out) noexcept;

} // namespace assay::active_inference
