#include "model_settings.hpp"

#include "active_inference/model_json.hpp"
#include "active_inference/nested_numbers.hpp"
#include "active_inference/policies/policy_fault.hpp"
#include "active_inference/state_inference/observation_fault.hpp"
#include "policy_steps.hpp"

#include <cstdint>
#include <cstdio>
#include <string_view>
#include <utility>
#include <variant>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kObservationsMax = 10'000;

// FNV-1a, of a text in its canonical form.
std::string digest_text(std::string_view text) {
    std::uint64_t digest = 0xCBF29CE484222325ull;
    for (const char byte : text) {
        digest = (digest ^ static_cast<unsigned char>(byte)) * 0x100000001B3ull;
    }
    char hex[9];
    std::snprintf(hex, sizeof hex, "%08x", static_cast<unsigned>(digest >> 32));
    return hex;
}

std::vector<ai::Tensor> tensors_at(const assay::document& config, const std::string& letter) {
    std::vector<ai::Tensor> tensors;
    const std::size_t count = config.size("/counts/" + letter);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = letter + "[" + std::to_string(i) + "]";
        auto read = ai::nested_numbers("counts." + name,
                                       config.json("/counts/" + letter + "/" + std::to_string(i)));
        if (const auto* fault = std::get_if<ai::ModelFault>(&read)) {
            throw assay::config_error(fault->message);
        }
        tensors.push_back(std::get<ai::Tensor>(std::move(read)));
    }
    return tensors;
}

// With the member of the document that is to blame.
std::string policy_text(const ai::ModelFault& fault) {
    if (fault.tensor == "policies") {
        return "B: " + fault.message; // their number follows from the actions, its last axes
    }
    const bool of_another_length = fault.tensor == "E" && fault.index.empty();
    return fault.message +
           (of_another_length ? " of one step, or as many as there are of more steps" : "");
}

std::variant<ai::FactoredModel, ai::ModelFault> model_in(const assay::document& config) {
    return ai::read_model([&](std::string_view at) { return config.find_json(at); }, "/model");
}

} // namespace

const std::string& settings_schema() {
    static const std::string schema =
        R"({"type": "object", "additionalProperties": false, "properties": {"model": )" +
        std::string(ai::kModelSettingSchema) + R"(,
  "models": {
    "type": "array",
    "minItems": 1,
    "maxItems": 64,
    "items": {"type": "string"},
    "description": "Shapes of generated models instead of the suite's own, such as 40x40 or ring8x4."
  },
  "graphs": {
    "type": "array",
    "minItems": 1,
    "maxItems": 64,
    "items": {"type": "string"},
    "description": "Graphs of the family bp instead of the suite's own, such as grid8x8_3."
  },
  "observations": {
    "type": "array",
    "items": {"type": "array"},
    "description": "What is observed, in turn: an outcome per modality, a number or a distribution."
  },
  "counts": {
    "type": "object",
    "additionalProperties": false,
    "description": "Dirichlet counts that the model's A and B are learnt from, of their shapes.",
    "properties": {"pA": {"type": "array"}, "pB": {"type": "array"}}
  }
}})";
    return schema;
}

ModelSettings::ModelSettings(const assay::document& config) {
    if (!config.has("/model")) {
        for (const char* dependent : {"observations", "counts"}) {
            if (config.has("/" + std::string(dependent))) {
                throw assay::config_error(std::string(dependent) +
                                          " without a model, expected the setting 'model' too");
            }
        }
        return;
    }
    auto read = model_in(config);
    if (const auto* fault = std::get_if<ai::ModelFault>(&read)) {
        throw assay::config_error("model." + fault->message);
    }
    model_ = std::get<ai::FactoredModel>(std::move(read));
    steps_ = policy_steps(*model_);
    if (const auto fault = ai::policy_fault(*model_, steps_)) {
        throw assay::config_error("model." + policy_text(*fault));
    }
    name_ = given_model_name(config);
    read_observations(config);
    read_counts(config);
}

void ModelSettings::read_observations(const assay::document& config) {
    const std::size_t count = config.size("/observations");
    if (count > kObservationsMax) {
        throw assay::config_error("observations has " + std::to_string(count) +
                                  " entries, expected at most " + std::to_string(kObservationsMax));
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::string pointer = "/observations/" + std::to_string(i);
        const std::string path = "observations[" + std::to_string(i) + "]";
        std::vector<ai::Outcome>& observation = observations_.emplace_back();
        const std::size_t outcomes = config.size(pointer);
        for (std::size_t m = 0; m < outcomes; ++m) {
            observation.push_back(read_outcome(
                config, pointer + "/" + std::to_string(m), path + "[" + std::to_string(m) + "]"));
        }
        if (const auto fault = ai::first_observation_fault(*model_, observation)) {
            constexpr std::string_view kName = "observation";
            throw assay::config_error(path + fault->substr(kName.size()));
        }
    }
}

ai::Outcome ModelSettings::read_outcome(const assay::document& config,
                                        const std::string& pointer,
                                        const std::string& path) {
    if (const auto index = config.find_i64(pointer)) {
        if (*index < 0) {
            throw assay::config_error(path + " is " + std::to_string(*index) +
                                      ", expected an outcome from 0 on");
        }
        return {.index = static_cast<std::size_t>(*index)};
    }
    const std::string text = config.json(pointer);
    if (!text.starts_with('[') || text == "[]") {
        throw assay::config_error(path + " is " + text.substr(0, 64) +
                                  ", expected the number of an outcome or a distribution over all");
    }
    auto read = ai::nested_numbers(path, text);
    if (const auto* fault = std::get_if<ai::ModelFault>(&read)) {
        throw assay::config_error(fault->message);
    }
    return {.soft = soft_.emplace_back(std::get<ai::Tensor>(std::move(read)).data)};
}

void ModelSettings::read_counts(const assay::document& config) {
    counts_.likelihoods = tensors_at(config, "pA");
    counts_.transitions = tensors_at(config, "pB");
    if (const auto fault = ai::counts_fault(*model_, counts_)) {
        throw assay::config_error("counts." + fault->message);
    }
}

std::string given_model_name(const assay::document& config) {
    const auto model = config.find_json("/model");
    return model ? "given_" + digest_text(*model + config.find_json("/observations").value_or("") +
                                          config.find_json("/counts").value_or(""))
                 : "";
}

std::size_t given_policy_steps(const assay::document& config) {
    if (!config.has("/model/C") && !config.has("/model/E")) {
        return 1; // nothing else says it: spares reading the model once more
    }
    const auto read = model_in(config);
    const auto* model = std::get_if<ai::FactoredModel>(&read);
    return model == nullptr ? 1 : policy_steps(*model);
}

} // namespace assay::inference
