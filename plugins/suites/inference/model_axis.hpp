// The axis `model` of a family: the shapes of generated models, those that the setting `models`
// asks for instead, or the user's own where the settings give one; and the model and observations
// that a case of such a family gets.
//
//   const ModelAxis models(config);                       // in suite::configured
//   models.add(family, {.names = {"5x5", "20x20"}, .quick = 1, .help = "..."});
//   const FactoredModel model = model_of(params);         // in the constructor of a case
//
// A plain value; pure functions.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

#include <assay/family.hpp>
#include <assay/params.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::inference {

inline constexpr std::size_t kActions = 4; // of every factor of a generated model

struct GeneratedModels {
    std::vector<std::string> names;      // model_shape.hpp
    std::size_t quick = 1, standard = 0; // so many first ones in these modes, 0: all
    std::string_view help;
};

// The texts of a setting that is a list, every one checked: "models[1]=5by5: expected ...".
[[nodiscard]] std::vector<std::string> names_in(const assay::document& config,
                                                const std::string& setting,
                                                bool (*is_name)(std::string_view),
                                                const std::string& form);

class ModelAxis {
public:
    // Throws config_error for a name in `models` that is no shape.
    explicit ModelAxis(const assay::document& config);

    void add(assay::family_builder family, const GeneratedModels& generated) const;

    // The axis `horizon`: the steps of a policy. Of the user's model as many as its E and C are
    // made for, of generated ones one, in the comprehensive mode two as well.
    void add_horizon(assay::family_builder family) const;

    // Whether it is the user's model.
    [[nodiscard]] bool given() const noexcept { return !given_.empty(); }

private:
    std::string given_;              // name of the user's model; empty without one
    std::int64_t given_steps_ = 1;   // of its policies
    std::vector<std::string> asked_; // shapes asked for; empty: those of the family
};

// Needs suite::config<ModelSettings>(). Throws config_error for a name of another form, skip for a
// generated model that is too large.
[[nodiscard]] active_inference::FactoredModel model_of(const assay::params& params);

// Reads the axis `horizon`. Throws config_error where the model's policies cannot have that length.
[[nodiscard]] std::size_t horizon_of(const assay::params& params,
                                     const active_inference::FactoredModel& model);

// `count` observations, each on its own: those of the settings in turn; else of the user's model
// what it shows of states drawn from D, of a generated one outcomes drawn uniformly; by the case's
// seed.
[[nodiscard]] std::vector<std::vector<active_inference::Outcome>> observations_of(
    const assay::params& params, const active_inference::FactoredModel& model, std::size_t count);

// Likewise `steps` that follow each other, one action per factor taken between two:
// [step][modality].
[[nodiscard]] std::vector<active_inference::Outcome>
window_of(const assay::params& params,
          const active_inference::FactoredModel& model,
          std::span<const std::size_t> taken,
          std::size_t steps);

} // namespace assay::inference
