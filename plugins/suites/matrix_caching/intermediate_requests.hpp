// The inputs of one case of the family `intermediate`: a random model with two factors and two
// modalities that see both, and the beliefs from which policies are evaluated.
//
//   IntermediateRequests requests({.states = 20, .states2 = 20, .depth = 3, ...});
//   efe.evaluate(requests.belief(key));
//
// The first factor has 4 actions; modality m has as many outcomes as factor m has states.
// Immutable after construction, but for the version of the model.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/efe_options.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::matrix_caching {

struct IntermediateAxes {
    std::size_t states = 0, states2 = 0; // of the two factors
    std::size_t actions2 = 0;            // of the second
    std::size_t depth = 0;
    std::size_t working_set_bytes = 0;
    std::uint64_t seed = 0;

    static constexpr std::size_t actions = 4;

    [[nodiscard]] std::size_t policies() const noexcept; // (4 * actions2)^depth
    [[nodiscard]] std::size_t prefixes() const noexcept; // of all lengths from 1 to depth
};

class IntermediateRequests {
public:
    explicit IntermediateRequests(const IntermediateAxes& axes);

    [[nodiscard]] const active_inference::FactoredModel& model() const noexcept { return model_; }

    [[nodiscard]] const IntermediateAxes& axes() const noexcept { return axes_; }

    [[nodiscard]] std::uint32_t count() const noexcept {
        return static_cast<std::uint32_t>(beliefs_.size());
    }

    [[nodiscard]] const active_inference::Beliefs& belief(std::uint32_t key) const noexcept {
        return beliefs_[key];
    }

    [[nodiscard]] active_inference::EfeOptions options(bool cache) const noexcept {
        return {.horizon = axes_.depth, .cache = cache};
    }

    void raise_version() noexcept { ++model_.version; }

private:
    IntermediateAxes axes_;
    active_inference::FactoredModel model_;
    std::vector<active_inference::Beliefs> beliefs_;
};

// Entries of all prefixes from one belief.
[[nodiscard]] std::size_t belief_entry_bytes(const IntermediateAxes& axes) noexcept;

// How many beliefs' entries a cache holds in that many bytes; at least 1.
[[nodiscard]] std::uint32_t beliefs_in(const IntermediateAxes& axes, std::size_t bytes) noexcept;

} // namespace assay::matrix_caching
