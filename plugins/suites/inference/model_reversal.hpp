// The same model with the states of every factor in the opposite order. Nothing about the world has
// changed, so every result must be the old one with its states reversed: a check that needs no
// reference data and reads every tensor along other paths.
//
//   const FactoredModel other = reversed(model);
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <vector>

namespace assay::inference {

// Along the given axes.
[[nodiscard]] active_inference::Tensor reversed(const active_inference::Tensor& tensor,
                                                const std::vector<bool>& axes);

[[nodiscard]] active_inference::FactoredModel
reversed(const active_inference::FactoredModel& model);

[[nodiscard]] active_inference::Beliefs reversed(const active_inference::Beliefs& q);

} // namespace assay::inference
