// The inputs of one case of the family `likelihood`: a random model whose modalities all see all
// factors, and the observations that are asked for.
//
//   LikelihoodRequests requests({.states = 25, .factors = 2, .working_set_bytes = 4 << 20});
//   path.fetch(requests.outcomes(key));
//
// There are as many modalities as factors. An observation is a key written in digits of one outcome
// per modality; a modality has as many outcomes as it takes for all keys of the working set.
// Immutable after construction, but for the version of the model.
#pragma once

#include "active_inference/likelihood_path.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::matrix_caching {

struct LikelihoodAxes {
    std::size_t states = 0;  // of each factor
    std::size_t factors = 0; // and modalities
    std::size_t working_set_bytes = 0;
    std::uint64_t seed = 0;
};

class LikelihoodRequests {
public:
    explicit LikelihoodRequests(const LikelihoodAxes& axes);

    [[nodiscard]] const active_inference::FactoredModel& model() const noexcept { return model_; }

    [[nodiscard]] const LikelihoodAxes& axes() const noexcept { return axes_; }

    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }

    [[nodiscard]] active_inference::OutcomeVector outcomes(std::uint32_t key) const noexcept {
        return active_inference::OutcomeVector(outcomes_).subspan(std::size_t{key} * axes_.factors,
                                                                  axes_.factors);
    }

    void raise_version() noexcept { ++model_.version; }

private:
    LikelihoodAxes axes_;
    std::uint32_t count_;
    active_inference::FactoredModel model_;
    std::vector<std::uint32_t> outcomes_; // [key][modality]
};

// States of all factors together: the size of a slice.
[[nodiscard]] std::size_t joint_states(const LikelihoodAxes& axes) noexcept;

// Entries of the first `keys` observations: their sums and the slices that these are made of.
[[nodiscard]] std::size_t observation_bytes(const LikelihoodAxes& axes,
                                            std::uint32_t keys) noexcept;

// How many observations' entries a cache holds in that many bytes; at least 1.
[[nodiscard]] std::uint32_t observations_in(const LikelihoodAxes& axes, std::size_t bytes) noexcept;

// Bytes of the model that such requests need.
[[nodiscard]] std::size_t likelihood_model_bytes(const LikelihoodAxes& axes) noexcept;

} // namespace assay::matrix_caching
