// Finds the first thing that is wrong with what an inference over time is asked, so that a suite
// can refuse it at its edge. The solvers themselves expect what passes here.
//
//   if (auto fault = window_fault(model, lengths, {window, prior, {taken, planned}})) {
//       refuse(fault->message);       // "observations[2][1] is 7, expected a number below 4"
//   }
//
// Pure functions. The model itself must be without fault (model_fault.hpp).
#pragma once

#include "active_inference/model_fault.hpp"
#include "active_inference/trajectories/trajectory.hpp"

namespace assay::active_inference {

struct WindowInputs {
    std::span<const Outcome> window;
    const Beliefs& prior;
    ActionRows actions;
};

// ModelFault::tensor names the list ("observations", "prior", "previous_actions", "policy"), its
// index the entry. Lengths come first, then entries: prior, observations, actions.
[[nodiscard]] std::optional<ModelFault>
window_fault(const FactoredModel& model, TrajectoryLengths lengths, const WindowInputs& inputs);

} // namespace assay::active_inference
