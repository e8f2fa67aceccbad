// Finds the first thing that keeps a model's policies from being evaluated: too many of them,
// preferences or policy priors that are no such thing.
//
//   if (auto fault = policy_fault(model, horizon)) { refuse(fault->message); }
//
// Pure functions. The order is fixed: number of policies, C, E. A, B and the lists are
// model_fault.hpp's, which comes first.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/model_fault.hpp"

#include <cstddef>
#include <optional>

namespace assay::active_inference {

[[nodiscard]] std::optional<ModelFault> policy_fault(const FactoredModel& model,
                                                     std::size_t horizon);

} // namespace assay::active_inference
