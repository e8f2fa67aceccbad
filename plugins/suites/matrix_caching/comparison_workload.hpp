// What the agents of the family `comparison` live in: a model of one of three shapes, and what they
// observe, step by step. Nothing in it depends on the caches, so that twins observe the same.
//
//   const ComparisonWorkload work(*comparison_shape("mixed"), seed);
//   work.draw(batch_seed, outcomes);             // a row of modalities for every step
//
// Immutable after construction; any number of threads may draw.
#pragma once

#include "active_inference/model.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::matrix_caching {

struct ComparisonShape {
    std::vector<std::size_t> states, actions; // of every factor
    std::size_t modalities, outcomes;         // each modality sees all factors
    std::size_t depth;                        // steps of a policy
};

// transition-heavy: many policies of several steps over a large B, a small A. observation-heavy:
// two policies of one step, many modalities over many joint states. mixed: both, smaller.
[[nodiscard]] std::optional<ComparisonShape> comparison_shape(std::string_view workload);

class ComparisonWorkload {
public:
    ComparisonWorkload(const ComparisonShape& shape, std::uint64_t seed);

    [[nodiscard]] const active_inference::FactoredModel& model() const noexcept { return model_; }

    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }

    [[nodiscard]] std::size_t modalities() const noexcept { return model_.outcome_counts.size(); }

    // Outcomes of as many steps as fit, step by step: what an environment shows that moves by the
    // model's own B under actions drawn from the seed. It does not react to the agent.
    void draw(std::uint64_t seed, std::span<std::uint32_t> outcomes) const;

private:
    active_inference::FactoredModel model_;
    std::size_t depth_;
};

} // namespace assay::matrix_caching
