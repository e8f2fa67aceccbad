// A change of one belief towards one state: q_f <- (1 - weight) q_f + weight e_state. Of rank one:
// whatever is linear in q_f follows for a multiple of itself and a slice.
//
//   mix(q, {.factor = 1, .state = 7, .weight = 0.25});
//
// Plain values; pure functions.
#pragma once

#include "active_inference/beliefs.hpp"

#include <cstddef>

namespace assay::active_inference {

struct BeliefMixture {
    std::size_t factor = 0;
    std::size_t state = 0;
    double weight = 0; // 0 to 1; 0 changes nothing
};

inline void mix(Beliefs& q, const BeliefMixture& change) noexcept {
    const std::span<double> belief = q[change.factor];
    for (double& probability : belief) {
        probability *= 1 - change.weight;
    }
    belief[change.state] += change.weight;
}

} // namespace assay::active_inference
