// Finds the first thing that is wrong with an observation of a model.
//
//   if (auto fault = first_observation_fault(model, observation)) { refuse(*fault); }
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <optional>
#include <string>

namespace assay::active_inference {

// What, where ("observation[1]", "observation[1][3]"), and what was expected.
[[nodiscard]] std::optional<std::string> first_observation_fault(const FactoredModel& model,
                                                                 Observation observation);

} // namespace assay::active_inference
