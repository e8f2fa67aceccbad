// The k-step transition by its definition, in plain loops: what the full path is verified against.
//
//   if (auto difference = transition_difference(matrices, factor, actions, found)) ...
//
// Pure functions.
#pragma once

#include "active_inference/transition_path.hpp"

#include <optional>
#include <string>

namespace assay::matrix_caching {

// Of products and smoothing transposes against plain triple loops. Entries are positive, so the
// relative error of k products of n terms stays below k * n * 2^-52: 3e-14 for 4 steps, 40 states.
inline constexpr double kTransitionTolerance = 1e-12;

// Where a result differs from the definition; nothing if it does not.
[[nodiscard]] std::optional<std::string>
transition_difference(const active_inference::TransitionMatrices& matrices,
                      std::size_t factor,
                      active_inference::ActionSequence actions,
                      const active_inference::StepTransition& found);

} // namespace assay::matrix_caching
