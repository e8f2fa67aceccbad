// A hierarchical hidden Markov model: a state of level l + 1 stays for an episode of k steps of
// level l and says in which state that episode begins.
//
//   HierarchicalModel model = random_hierarchy({.states = {16, 12, 8}, .outcomes = 10}, seed);
//   if (auto fault = hierarchy_fault(model)) { refuse(fault->message); }
//
//   levels[0].likelihood    A[o, s]        what is observed
//   levels[l].likelihood    A[s below, s]  the first state of an episode of the level below
//   levels[l].transition    B[s', s]
//
// The top level goes on for as long as is observed. Plain values; pure functions.
#pragma once

#include "active_inference/model_fault.hpp"
#include "active_inference/tensor.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::active_inference {

struct HierarchyLevel {
    Tensor likelihood;
    Tensor transition;

    [[nodiscard]] std::size_t states() const { return transition.shape.front(); }
};

struct HierarchicalModel {
    std::vector<HierarchyLevel> levels; // from the fastest to the slowest
    std::vector<double> prior;          // of the top level's first state
    std::size_t episode_length = 4;     // k
};

// "levels[1].A" has a shape that does not fit the level below, "levels[0].B[2, 1]" is negative...
[[nodiscard]] std::optional<ModelFault> hierarchy_fault(const HierarchicalModel& model);

struct RandomHierarchyOptions {
    std::vector<std::size_t> states = {}; // from the fastest level to the slowest
    std::size_t outcomes = 2;
    std::size_t episode_length = 4;
    int sharpness = 1; // of the columns (random_model.hpp)
};

// Uniform prior.
[[nodiscard]] HierarchicalModel random_hierarchy(const RandomHierarchyOptions& options,
                                                 std::uint64_t seed);

} // namespace assay::active_inference
