// What inference over time is asked in a case: a model, a window of observations, the actions taken
// between them and those planned after them, drawn from the seed or the user's own.
//
//   const WindowProblem problem = window_problem_of(params, {.observed = 3, .horizon = 2});
//
// A plain value. Pure functions.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/trajectories/trajectory.hpp"
#include "count_axis.hpp"

#include <assay/params.hpp>

#include <cstddef>
#include <vector>

namespace assay::inference {

// Longer windows are the business of a smoother, and no solver here has a step it could not take.
inline constexpr std::size_t kStepsMax = 10'000;

struct WindowProblem {
    active_inference::FactoredModel model;
    active_inference::Beliefs prior;
    std::vector<active_inference::Outcome> window; // [t * modalities + m]
    std::vector<std::size_t> taken, planned;       // [t * factors + f]
    active_inference::TrajectoryLengths lengths;

    [[nodiscard]] active_inference::ActionRows actions() const noexcept {
        return {.previous = taken, .policy = planned};
    }

    [[nodiscard]] std::size_t steps() const noexcept { return lengths.observed + lengths.horizon; }
};

// Reads the axis `model`.
[[nodiscard]] WindowProblem window_problem_of(const assay::params& params,
                                              active_inference::TrajectoryLengths lengths);

} // namespace assay::inference
