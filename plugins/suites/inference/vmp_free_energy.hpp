// The variational free energy of beliefs over time that are factorised over steps and factors,
// dialect clip:
//   F = sum_t,f q (ln q - E[ln B]) - sum_t,m E[ln A],   ln D for E[ln B] at t = 0;   F >= -ln p(o)
//
//   const double nats = trajectory_free_energy(problem, trajectory);
//
// Pure functions.
#pragma once

#include "active_inference/trajectories/trajectory.hpp"
#include "mmp_window.hpp"

#include <span>

namespace assay::inference {

[[nodiscard]] double trajectory_free_energy(const WindowProblem& problem,
                                            std::span<const active_inference::Beliefs> trajectory);

} // namespace assay::inference
