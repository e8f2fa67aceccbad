// The exact beliefs over time of a window: all factors taken together are one chain, whose states
// are the joint states, and that is smoothed exactly.
//
//   if (const auto exact = exact_trajectory(problem)) { exact->trajectory[step][factor]; }
//
// Pure functions; memory grows with the square of the number of joint states.
#pragma once

#include "active_inference/trajectories/trajectory.hpp"
#include "mmp_window.hpp"

#include <cstddef>
#include <optional>

namespace assay::inference {

// Of the transitions between joint states, of all actions that the window has: 64 MiB. 20x20 and
// 10x10x5 are below it, in long windows 20x20 alone.
inline constexpr std::size_t kChainEntriesMax = std::size_t{8} << 20;

struct ExactTrajectory {
    active_inference::Trajectory trajectory;
    double log_evidence = 0; // ln p(o_0 ... o_P-1)
};

// Nothing for a chain of more than kChainEntriesMax, but where the model is one itself.
[[nodiscard]] std::optional<ExactTrajectory> exact_trajectory(const WindowProblem& problem);

} // namespace assay::inference
