// What state inference is asked in a case: a model and observations of it, drawn from the seed of
// the case, or the user's own.
//
//   const InferenceProblem problem = problem_of(params);      // reads the axis `model`
//
// A plain value. Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <assay/params.hpp>

#include <cstddef>
#include <vector>

namespace assay::inference {

// Asked in turn, so that no two inferences in a row read the same slices of A.
inline constexpr std::size_t kObservations = 4;

struct InferenceProblem {
    active_inference::FactoredModel model;
    std::vector<std::vector<active_inference::Outcome>> observations;
    active_inference::Beliefs prior;
};

[[nodiscard]] InferenceProblem problem_of(const assay::params& params);

} // namespace assay::inference
