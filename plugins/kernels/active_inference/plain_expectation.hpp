// Expectations over tables of joint states in plain loops, as the formulas have them: what
// verification holds the contractions (contraction.hpp) against. Slow and simple on purpose; shares
// no code with what it verifies.
//
//   const auto p = plain_likelihood(model.likelihoods[m], outcome);               // p(o | s)
//   const auto field = plain_expectation(p, model.likelihood_factors[m], q, 1);   // by s_1
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace assay::active_inference {

inline constexpr std::size_t kKeepNone = std::numeric_limits<std::size_t>::max();

// Sum over the states of all factors but factors[kept] of table[s] prod q(s), by the states of
// that one; with kKeepNone one number. The table is row-major over `factors`.
[[nodiscard]] std::vector<double> plain_expectation(std::span<const double> table,
                                                    const FactorList& factors,
                                                    const Beliefs& q,
                                                    std::size_t kept = kKeepNone);

// Prod of q over the states of the factors, row-major.
[[nodiscard]] std::vector<double> plain_joint(const FactorList& factors, const Beliefs& q);

// sum_o r(o) A[o, s] of one modality, row-major over its factors.
[[nodiscard]] std::vector<double> plain_likelihood(const Tensor& likelihood,
                                                   const Outcome& outcome);

// B[s', parents..., u] of one action and next state: row-major over the parents.
[[nodiscard]] std::vector<double>
plain_transition_row(const Tensor& transition, std::size_t next_state, std::size_t action);

// sum over the parents of B[s', parents..., u] prod q(parents), by s'.
[[nodiscard]] std::vector<double> plain_prediction(const FactoredModel& model,
                                                   std::size_t factor,
                                                   std::size_t action,
                                                   const Beliefs& q);

// Of numbers, the highest taken off first.
[[nodiscard]] std::vector<double> plain_softmax(std::span<const double> values);

} // namespace assay::active_inference
