// What is true of inference over time whatever the algorithm, checked on the very inputs of a case:
//   beliefs are finite, not negative and sum to 1;
//   a model with its states in the opposite order gives the same beliefs in the opposite order.
// Neither algorithm is exact; how far off it is can be told for one factor, which is a chain.
//
// Pure functions.
#pragma once

#include "active_inference/trajectories/trajectory.hpp"
#include "mmp_window.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace assay::inference {

// Both throw wrong_result naming the step and factor; they return how many values they compared.
std::uint64_t check_beliefs(std::span<const active_inference::Beliefs> trajectory);
std::uint64_t check_reversal(std::span<const active_inference::Beliefs> trajectory,
                             std::span<const active_inference::Beliefs> of_reversed);

struct ChainTruth {
    double error = 0;        // the largest |q - exact marginal|
    double log_evidence = 0; // ln p(o_0 ... o_P-1)
};

// Nothing unless the model has one factor.
[[nodiscard]] std::optional<ChainTruth>
chain_truth(const WindowProblem& problem, std::span<const active_inference::Beliefs> trajectory);

} // namespace assay::inference
