// Models to measure with: every column drawn from a seed, nothing else.
//
//   FactoredModel model = random_model({.state_counts = {20}, .action_counts = {4}}, seed);
//
// Pure functions.
#pragma once

#include "active_inference/model.hpp"

#include <cstdint>
#include <vector>

namespace assay::active_inference {

struct RandomModelOptions {
    std::vector<std::size_t> state_counts = {};
    std::vector<std::size_t> action_counts = {};     // as many as factors
    std::vector<std::size_t> outcome_counts = {};    // may be empty: a model without observations
    std::vector<FactorList> transition_factors = {}; // empty: every factor depends on itself alone
    std::vector<FactorList> likelihood_factors = {}; // empty: every modality sees all factors
    // Entries are uniform in (0, 1] to this power before the column is normalised: 1 is flat, 4 and
    // 12 make few outcomes dominate.
    int sharpness = 1;
};

// Columns sum to 1 as exactly as one division allows. The tensors get independent streams, so that
// adding a modality leaves the transitions as they are.
[[nodiscard]] FactoredModel random_model(const RandomModelOptions& options, std::uint64_t seed);

} // namespace assay::active_inference
