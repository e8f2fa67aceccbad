// A value of the axis `table` of the family `efe`: a model and a horizon, written as one name.
//
//   10x10_u4x1_h3     factors of 10 and 10 states, moved by 4 actions and by 1; policies of 3
//                     steps, so 64 of them; as many modalities as factors, each sees all
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"
#include "model_shape.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::inference {

struct EfeShape {
    ModelShape model;
    std::vector<std::size_t> actions; // of every factor
    std::size_t horizon = 1;
};

// Nothing when `name` is not of the form above or beyond the limits of model_shape.hpp.
[[nodiscard]] std::optional<EfeShape> efe_shape_from(std::string_view name);

// The form, for error messages.
[[nodiscard]] std::string efe_shape_form();

// Columns of A and B uniform at random; without preferences.
[[nodiscard]] active_inference::FactoredModel efe_model(const EfeShape& shape, std::uint64_t seed);

} // namespace assay::inference
