// Inference over time on the very inputs of a case:
//   beliefs are finite, not negative and sum to 1;
//   the first and the last round are those of the formula in plain loops;
//   a model with its states in the opposite order gives the same beliefs in the opposite order.
// Neither algorithm is exact; how far off it is can be told where the joint states are few enough.
//
//   check_rounds(problem, 10, after, plain);      // after(9): what the solver has after 9 rounds
//
// Pure functions.
#pragma once

#include "active_inference/trajectories/trajectory.hpp"
#include "mmp_window.hpp"
#include "plain_message_round.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace assay::inference {

// All throw wrong_result naming the step and factor; they return how many values they compared.
std::uint64_t check_beliefs(std::span<const active_inference::Beliefs> trajectory);
std::uint64_t check_reversal(std::span<const active_inference::Beliefs> trajectory,
                             std::span<const active_inference::Beliefs> of_reversed);

// What a solver has after so many rounds from uniform beliefs.
struct RoundsFound {
    active_inference::Trajectory trajectory = {};
    double free_energy = 0; // of the last round
};

using RoundsAfter = std::function<RoundsFound(std::size_t rounds)>;
// Updates a trajectory: plain_message_round.hpp.
using PlainRounds = std::function<PlainRound(std::span<active_inference::Beliefs> trajectory)>;

// The first round from uniform beliefs, the last one from what the solver has before it.
std::uint64_t check_rounds(const WindowProblem& problem,
                           std::size_t rounds,
                           const RoundsAfter& after,
                           const PlainRounds& plain);

struct Truth {
    double error = 0;        // the largest |q - exact marginal|
    double log_evidence = 0; // ln p(o_0 ... o_P-1)
};

// Nothing where joint_chain.hpp has no exact beliefs.
[[nodiscard]] std::optional<Truth> truth_of(const WindowProblem& problem,
                                            std::span<const active_inference::Beliefs> trajectory);

} // namespace assay::inference
