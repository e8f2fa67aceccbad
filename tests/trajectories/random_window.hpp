// Random inputs of an inference over time, the same for the same seed.
//
//   RandomWindow input(random_options(seed), {.observed = 3, .horizon = 2}, seed);
//   solver.observe(input.window); ... input.actions()
//
// Plain values.
#pragma once

#include "active_inference/random_model.hpp"
#include "active_inference/trajectories/trajectory.hpp"
#include "random_source/random_source.hpp"

#include <cstdint>
#include <vector>

namespace assay::test {

struct RandomWindow {
    RandomWindow(const active_inference::RandomModelOptions& options,
                 active_inference::TrajectoryLengths window_lengths,
                 std::uint64_t seed);

    [[nodiscard]] active_inference::ActionRows actions() const { return {previous, policy}; }

    active_inference::FactoredModel model;
    active_inference::TrajectoryLengths lengths;
    active_inference::Beliefs prior;
    std::vector<active_inference::Outcome> window;
    std::vector<std::size_t> previous, policy;
};

// One to three factors of one to four states, one or two modalities; `co_parents` lets factors
// depend on others too.
active_inference::RandomModelOptions random_options(std::uint64_t seed, bool co_parents);

// Zero where an entry is below the share of its column's largest, then normalised again.
void cut_small_entries(active_inference::Tensor& tensor, double share);

} // namespace assay::test
