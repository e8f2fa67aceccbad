// The settings of the suite: the user's own model, to measure with instead of generated ones.
//
//   {"suites": {"inference": {                                         models, graphs: other sizes
//       "model": {"states": [2], "A": [[[0.9, 0.2], [0.1, 0.8]]]},     schemas/model.json
//       "observations": [[0], [[0.5, 0.5]]],                           an outcome or a distribution
//       "counts": {"pA": [[[9, 2], [1, 8]]]}}}}                        Dirichlet counts to learn
//       from
//
// In a plugin:
//   s.config_schema(settings_schema()).config<ModelSettings>();
//   const ModelSettings& settings = params.config<ModelSettings>();
//
// Whatever is wrong is refused when the suite is made, with the path of the entry. Immutable; any
// thread may read.
#pragma once

#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <assay/document.hpp>

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace assay::inference {

// The configuration of the suite as its plugin declares it: kModelSettingSchema and the rest.
[[nodiscard]] const std::string& settings_schema();

class ModelSettings {
public:
    // Throws config_error: "model.A[0][:, 1] sums to 1.5, expected 1".
    explicit ModelSettings(const assay::document& config);
    // Soft observations point into it.
    ModelSettings(const ModelSettings&) = delete;
    ModelSettings& operator=(const ModelSettings&) = delete;

    [[nodiscard]] bool has_model() const noexcept { return model_.has_value(); }

    // What the axis `model` calls it: another model has another name, so that a history never
    // mixes the two. Empty without a model.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    // Only with a model.
    [[nodiscard]] const active_inference::FactoredModel& model() const { return *model_; }

    // Of the policies that its E and C are made for (policy_steps.hpp). 1 without a model.
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

    // May be empty: the observations are then drawn.
    [[nodiscard]] const std::vector<std::vector<active_inference::Outcome>>&
    observations() const noexcept {
        return observations_;
    }

    // Lists are empty where none are given.
    [[nodiscard]] const active_inference::DirichletCounts& counts() const noexcept {
        return counts_;
    }

private:
    void read_observations(const assay::document& config);
    [[nodiscard]] active_inference::Outcome read_outcome(const assay::document& config,
                                                         const std::string& pointer,
                                                         const std::string& path);
    void read_counts(const assay::document& config);

    std::optional<active_inference::FactoredModel> model_;
    std::string name_;
    std::size_t steps_ = 1;
    std::deque<std::vector<double>> soft_;
    std::vector<std::vector<active_inference::Outcome>> observations_;
    active_inference::DirichletCounts counts_;
};

// What ModelSettings::name() will be, without reading the model; empty without one.
[[nodiscard]] std::string given_model_name(const assay::document& config);

// What ModelSettings::steps() is, of a configuration that it did not refuse.
[[nodiscard]] std::size_t given_policy_steps(const assay::document& config);

} // namespace assay::inference
