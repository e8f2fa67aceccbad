// Inference over time, in the words that all its algorithms share.
//
//   time step t        0 ... n - 1; the first P of them are observed
//   trajectory         one Beliefs per time step: Q(s_0 ... s_n-1) = prod_t Q(s_t)
//   window             the observations, outcome of modality m at step t in [t * modalities + m]
//   actions            one row of an action per factor for each transition: first the rows that
//                      were taken (previous), then those that a policy plans
//
//   solver.observe(window);
//   TrajectoryResult r = solver.infer(prior, {.previous = taken, .policy = planned}, trajectory);
//
// Plain values. Spans are borrowed for the time of one call.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/cancel_check.hpp"
#include "active_inference/observation.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

using Trajectory = std::vector<Beliefs>;

// Room that a solver makes in its constructor; any call may be shorter.
struct TrajectoryLengths {
    std::size_t observed = 1; // P
    std::size_t horizon = 0;  // rows of a policy: H
};

struct ActionRows {
    std::span<const std::size_t> previous = {};
    std::span<const std::size_t> policy = {};

    // `at` counts transition * factors + factor, through both parts.
    [[nodiscard]] std::size_t operator[](std::size_t at) const noexcept {
        return at < previous.size() ? previous[at] : policy[at - previous.size()];
    }

    [[nodiscard]] std::size_t size() const noexcept { return previous.size() + policy.size(); }
};

// Counted where it is done.
struct TrajectoryWork {
    std::uint64_t contractions = 0;
    std::uint64_t multiply_adds = 0; // of the contractions
    std::uint64_t logarithms = 0;
    std::uint64_t iterations = 0;

    void count(std::uint64_t operations) noexcept {
        ++contractions;
        multiply_adds += operations;
    }

    friend bool operator==(const TrajectoryWork&, const TrajectoryWork&) = default;
};

struct TrajectoryResult {
    double free_energy = 0; // of the last whole iteration; lower is better
    std::size_t iterations = 0;
    bool cancelled = false;
};

} // namespace assay::active_inference
