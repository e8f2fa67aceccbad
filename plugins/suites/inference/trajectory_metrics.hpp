// The metrics of an inference over time, of every family that is one.
//
//   add_trajectory_metrics(family);
//   report_trajectory_work(before, solver.work(), batch.done(), host);    // in finish()
//
// Pure functions.
#pragma once

#include "active_inference/trajectories/trajectory.hpp"

#include <assay/context.hpp>
#include <assay/family.hpp>

#include <cstdint>

namespace assay::inference {

void add_trajectory_metrics(assay::family_builder family);

// Work of one iteration of a batch that did `done`; untimed.
void report_trajectory_work(const active_inference::TrajectoryWork& before,
                            const active_inference::TrajectoryWork& after,
                            std::uint64_t done,
                            assay::context& host);

} // namespace assay::inference
