// A model as a JSON document (schemas/model.json), so that users measure theirs:
//
//   {"schema": "assay.model/1", "states": [3, 2],
//    "A": [[[[0.9, 0.1], ...]]], "A_factors": [[0, 1]], "B": [...], "B_factors": [[0], [1, 0]],
//    "C": [[0, 1]], "D": [[1, 0, 0], [0.5, 0.5]], "E": [...]}
//
// Only `states` must be there. Without A no modality, without A_factors every modality sees all
// factors; without B a factor stays what it is, without B_factors it depends on itself; C, D and E
// as in model.hpp. Tensors are nested arrays, the first axis outermost, or
// {"shape": [3, 2], "data": [...]} in row-major order.
//
// In a plugin, whose config_schema has the property "model" with kModelSettingSchema:
//   auto read = read_model([&](std::string_view at) { return config.find_json(at); }, "/model");
//   if (auto* fault = std::get_if<ModelFault>(&read)) { throw config_error(fault->message); }
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/model_fault.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace assay::active_inference {

// The JSON text of the value at an RFC 6901 pointer, nothing where there is none: all that is asked
// of a JSON library. It has refused what is no JSON.
using JsonAt = std::function<std::optional<std::string>(std::string_view pointer)>;

// The setting of a suite that takes a model, for its config_schema: what a plugin's schema can say
// (it has no $ref) of schemas/model.json. read_model() says the rest.
inline constexpr std::string_view kModelSettingSchema = R"({
  "type": "object",
  "additionalProperties": false,
  "required": ["states"],
  "description": "A model to measure with instead of generated ones (schemas/model.json).",
  "properties": {
    "schema": {"const": "assay.model/1"},
    "states": {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 1}},
    "A": {"type": "array"},
    "A_factors": {"type": "array", "items": {"type": "array"}},
    "B": {"type": "array"},
    "B_factors": {"type": "array", "items": {"type": "array"}},
    "C": {"type": "array"},
    "D": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
    "E": {"type": "array", "items": {"type": "number"}}
  }
})";

// `at` points to the model in the document: "" where it is the whole. A model that is returned has
// no fault.
[[nodiscard]] std::variant<FactoredModel, ModelFault> read_model(const JsonAt& document,
                                                                 const std::string& at = "");

// Read back, it is the same model bit for bit (but for `version`).
[[nodiscard]] std::string model_json(const FactoredModel& model);

} // namespace assay::active_inference
