// A tensor as JSON writes it: arrays in arrays, the first axis outermost.
//
//   [[0.9, 0.2], [0.1, 0.8]]        shape [2, 2]
//
// Pure functions.
#pragma once

#include "active_inference/model_fault.hpp"
#include "active_inference/tensor.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace assay::active_inference {

// Deeper arrays are refused: no model has a tensor of more axes, and reading recurses.
inline constexpr std::size_t kAxesMax = 16;

// `name` is what a fault calls the tensor: "A[1]".
[[nodiscard]] std::variant<Tensor, ModelFault> nested_numbers(const std::string& name,
                                                              std::string_view json);

// The shortest digits that read back as the same numbers.
[[nodiscard]] std::string nested_json(const Tensor& tensor);

} // namespace assay::active_inference
