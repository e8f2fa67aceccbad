// One round of inference over time in plain loops, from the formulas of marginal and variational
// message passing, for verification.
//
//   ai::Trajectory trajectory = ...;                           // after the round before
//   const PlainRound round = plain_marginal_round(problem, options, trajectory);
//
// Of a long window or a large model only the first steps are done, so that a round ends in some
// milliseconds. Pure functions.
#pragma once

#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "active_inference/trajectories/variational_message_passing.hpp"
#include "mmp_window.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace assay::inference {

struct PlainRound {
    std::size_t steps = 0;             // the first ones were updated, the others are as they were
    std::optional<double> free_energy; // where all were updated and the algorithm has one
};

// MMP with gradient updates, dialect eps: in place, step after step and factor after factor.
[[nodiscard]] PlainRound
plain_marginal_round(const WindowProblem& problem,
                     const active_inference::MarginalMessageOptions& options,
                     std::span<active_inference::Beliefs> trajectory);

// Both rules of the parallel formulation, dialect clip: all from the beliefs of the round before.
[[nodiscard]] PlainRound
plain_variational_round(const WindowProblem& problem,
                        const active_inference::VariationalMessageOptions& options,
                        std::span<active_inference::Beliefs> trajectory);

} // namespace assay::inference
