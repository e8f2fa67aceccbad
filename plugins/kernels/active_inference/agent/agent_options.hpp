// What an agent does in a step, and which repeats it avoids.
//
//   AgentOptions options{.horizon = 2, .learning = {.likelihoods = 1}};
//   options.caches = {.likelihoods = true, .transitions = true, .intermediates = true};
//
// Plain values. No cache changes a result by a bit; learning makes each of them forget.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/state_inference/fixed_point_iteration.hpp"

#include <cstddef>

namespace assay::active_inference {

// Rate eta of what is learnt; 0: it is not.
struct LearningRates {
    double likelihoods = 0; // A, every step
    double transitions = 0; // B, from the second step
    double priors = 0;      // D, when it is asked for

    [[nodiscard]] bool any() const noexcept {
        return likelihoods > 0 || transitions > 0 || priors > 0;
    }
};

struct AgentCaches {
    // L(o) under (model, version, what was observed): observations come again.
    bool likelihoods = false;
    // The beliefs and terms that a beginning leads to, for all policies that begin alike.
    bool transitions = false;
    // What depends on the model alone: sum_o A ln A of every state.
    bool intermediates = false;
    ByteCacheOptions likelihood_cache = {.limit_bytes = std::size_t{1} << 24};
};

struct AgentOptions {
    std::size_t horizon = 1; // steps of a policy
    double gamma = 16;       // precision of policies
    LearningRates learning = {};
    // pymdp's schedule and stop.
    FixedPointOptions states = {.schedule = Schedule::parallel};
    AgentCaches caches = {};
};

} // namespace assay::active_inference
