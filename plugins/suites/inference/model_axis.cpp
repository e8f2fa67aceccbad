#include "model_axis.hpp"

#include "active_inference/policies/policy_fault.hpp"
#include "count_axis.hpp"
#include "model_life.hpp"
#include "model_settings.hpp"
#include "model_shape.hpp"
#include "policy_steps.hpp"
#include "random_source/random_source.hpp"

#include <assay/errors.hpp>

#include <algorithm>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kModelSeed = 1, kObservationSeed = 2;

ai::FactoredModel generated_model(const std::string& name, std::uint64_t seed) {
    const auto shape = model_shape_from(name);
    if (!shape) {
        throw assay::config_error("model=" + name + ": expected " + model_shape_form());
    }
    const auto bytes = model_bytes(*shape, kActions);
    if (!bytes || *bytes > kModelBytesMax) {
        throw assay::skip("model=" + name + " needs " +
                          (bytes ? std::to_string(*bytes) : "more than 2^64") +
                          " bytes of tensors, more than " + std::to_string(kModelBytesMax));
    }
    return timing_model(*shape, kActions, derived_seed(seed, kModelSeed));
}

} // namespace

std::vector<std::string> names_in(const assay::document& config,
                                  const std::string& setting,
                                  bool (*is_name)(std::string_view),
                                  const std::string& form) {
    std::vector<std::string> names;
    const std::size_t count = config.size("/" + setting);
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(config.str("/" + setting + "/" + std::to_string(i)));
        const std::string where = setting + "[" + std::to_string(i) + "]=" + names.back();
        if (!is_name(names.back())) {
            throw assay::config_error(where + ": expected " + form);
        }
        if (std::find(names.begin(), names.end() - 1, names.back()) != names.end() - 1) {
            throw assay::config_error(where + " stands there twice");
        }
    }
    return names;
}

ModelAxis::ModelAxis(const assay::document& config)
    : given_(given_model_name(config))
    , asked_(names_in(
          config,
          "models",
          [](std::string_view name) { return model_shape_from(name).has_value(); },
          model_shape_form())) {
    if (!given_.empty() && !asked_.empty()) {
        throw assay::config_error("models beside a model, expected the one or the other");
    }
    if (!given_.empty()) {
        given_steps_ = static_cast<std::int64_t>(given_policy_steps(config));
    }
}

void ModelAxis::add(assay::family_builder family, const GeneratedModels& generated) const {
    if (!given_.empty()) {
        family.axis("model", {given_}).help("the model of the settings, named after its content");
    } else if (!asked_.empty()) {
        family.axis("model", asked_).help(generated.help);
    } else {
        const std::size_t all = generated.names.size();
        family.axis("model", generated.names)
            .help(generated.help)
            .quick(generated.quick)
            .standard(generated.standard == 0 ? all : generated.standard);
    }
}

void ModelAxis::add_horizon(assay::family_builder family) const {
    const std::vector<std::int64_t> steps =
        given_.empty() ? std::vector<std::int64_t>{1, 2} : std::vector{given_steps_};
    family.axis("horizon", steps)
        .unit("{step}")
        .help("steps of a policy; of a model of the settings as many as its E or C has them for")
        .quick(1)
        .standard(1);
}

ai::FactoredModel model_of(const assay::params& params) {
    const auto& settings = params.config<ModelSettings>();
    const std::string name = params.str("model");
    if (settings.has_model() && name == settings.name()) {
        return settings.model();
    }
    return generated_model(name, params.seed());
}

std::size_t horizon_of(const assay::params& params, const ai::FactoredModel& model) {
    const std::size_t steps = count_of(params, "horizon", 1, kPolicyStepsMax);
    if (const auto fault = ai::policy_fault(model, steps)) {
        throw assay::config_error("model=" + params.str("model") +
                                  ",horizon=" + std::to_string(steps) + ": " + fault->message);
    }
    return steps;
}

std::vector<std::vector<ai::Outcome>>
observations_of(const assay::params& params, const ai::FactoredModel& model, std::size_t count) {
    const auto& settings = params.config<ModelSettings>();
    const auto& given = settings.observations();
    const std::uint64_t seed = derived_seed(params.seed(), kObservationSeed);
    RandomSource random(seed);
    std::vector<std::vector<ai::Outcome>> observations(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (!given.empty()) {
            observations[i] = given[i % given.size()];
        } else if (settings.has_model()) {
            observations[i] = ModelLife(model, random.next()).observe();
        } else {
            for (const std::size_t outcomes : model.outcome_counts) {
                observations[i].push_back(
                    {.index = random.below(static_cast<std::uint32_t>(outcomes))});
            }
        }
    }
    return observations;
}

std::vector<ai::Outcome> window_of(const assay::params& params,
                                   const ai::FactoredModel& model,
                                   std::span<const std::size_t> taken,
                                   std::size_t steps) {
    const auto& settings = params.config<ModelSettings>();
    std::vector<ai::Outcome> window;
    const auto append = [&](const std::vector<ai::Outcome>& step) {
        window.insert(window.end(), step.begin(), step.end());
    };
    if (!settings.has_model() || !settings.observations().empty()) {
        for (const auto& step : observations_of(params, model, steps)) {
            append(step);
        }
        return window;
    }
    ModelLife life(model, derived_seed(params.seed(), kObservationSeed));
    for (std::size_t step = 0; step < steps; ++step) {
        if (step > 0) {
            const std::size_t factors = model.state_counts.size();
            life.act(taken.subspan((step - 1) * factors, factors));
        }
        append(life.observe());
    }
    return window;
}

} // namespace assay::inference
