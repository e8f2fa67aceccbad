// A value of the axis `model`: factors and modalities of a generated model, written as one name.
//
//   10x10x5     factors of 10, 10 and 5 states; as many modalities, of 10, 10 and 5 outcomes, each
//               of which sees all factors
//   ring6x8     6 factors of 8 states; modality i, of 8 outcomes, sees factors i and i + 1
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::inference {

inline constexpr std::size_t kFactorsMax = 12, kStatesMax = 4096;
// Of the tensors of a generated model; a launch holds little else.
inline constexpr std::size_t kModelBytesMax = std::size_t{512} << 20;

struct ModelShape {
    std::vector<std::size_t> states; // of every factor, and outcomes of every modality
    std::vector<active_inference::FactorList> likelihood_factors;
};

// Nothing when `name` is not of a form above or beyond its limits.
[[nodiscard]] std::optional<ModelShape> model_shape_from(std::string_view name);

// A number from 1 to `most` and nothing else.
[[nodiscard]] std::optional<std::size_t> count_from(std::string_view text, std::size_t most);

// The forms, for error messages.
[[nodiscard]] std::string model_shape_form();

// Of the likelihoods and transitions; nothing where that cannot be counted.
[[nodiscard]] std::optional<std::size_t> model_bytes(const ModelShape& shape, std::size_t actions);

// Columns of A and B uniform at random, every factor moved by the same number of actions; without
// preferences, D uniform.
[[nodiscard]] active_inference::FactoredModel
timing_model(const ModelShape& shape, std::size_t actions, std::uint64_t seed);

} // namespace assay::inference
