// What the values of policies depend on, changing along a stream: beliefs q_f, preferences C_m,
// likelihoods A_m, each a component of its own with a few variants.
//
//   PolicyInputs inputs({.states = 20, .changed = 0.2}, seed);
//   inputs.move_to(position, values);      // tells the values what changed
//   values.evaluate(inputs.beliefs());
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/selective/policy_values.hpp"
#include "change_ring.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::selective_updates {

struct PolicyInputOptions {
    std::size_t states = 0; // of each of two factors
    double changed = 0;     // share of the components at a position, on average
};

class PolicyInputs {
public:
    PolicyInputs(const PolicyInputOptions& options, std::uint64_t seed);

    [[nodiscard]] std::size_t positions() const noexcept { return ring_.positions(); }

    // Two factors of 3 actions; one modality for each alone and one for both together.
    [[nodiscard]] const active_inference::FactoredModel& model() const noexcept { return model_; }

    [[nodiscard]] const active_inference::Beliefs& beliefs() const noexcept { return q_; }

    // All components as at a position.
    void set(std::size_t position, active_inference::PolicyValues& values) noexcept;

    // Those that changed since the position before.
    void move_to(std::size_t position, active_inference::PolicyValues& values) noexcept;

private:
    void apply(std::size_t component,
               std::uint32_t variant,
               active_inference::PolicyValues& values) noexcept;

    active_inference::FactoredModel model_;
    active_inference::Beliefs q_;
    ChangeRing ring_;
    std::vector<active_inference::FactoredModel> models_; // variants of A and C
    std::vector<active_inference::Beliefs> beliefs_;      // variants of q
};

} // namespace assay::selective_updates
