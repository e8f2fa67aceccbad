// What is true of fixed-point iteration whatever the model, checked on the very inputs of a case:
//   beliefs are finite, not negative and sum to 1;
//   F is that of its definition, computed term by term, and F >= -ln p(o) where every joint state
//   can be enumerated; with one factor the beliefs are the exact posterior;
//   sequential sweeps never raise F.
//
//   const FpiQuality quality = verify_fpi(problem, options, likelihood, cancelled);
//
// Pure functions.
#pragma once

#include "active_inference/state_inference/state_inference.hpp"
#include "inference_problem.hpp"

#include <cstdint>
#include <optional>

namespace assay::inference {

// A solver without tolerance has converged where its last sweep changed F by less than pymdp asks.
inline constexpr double kConvergedBelow = 1e-3;

// Over all observations of the problem.
struct FpiQuality {
    double sweeps = 0;           // mean
    double free_energy = 0;      // mean
    double converged = 0;        // share
    std::optional<double> error; // the largest |q - exact marginal|
    std::optional<double> gap;   // mean F + ln p(o)
    std::uint64_t values_compared = 0;
};

// Throws wrong_result naming the observation, what was found and what was expected.
[[nodiscard]] FpiQuality verify_fpi(const InferenceProblem& problem,
                                    const active_inference::FixedPointOptions& options,
                                    const active_inference::LogLikelihoodOptions& likelihood);

} // namespace assay::inference
