// Fixed-point iteration on the very inputs of a case:
//   beliefs are finite, not negative and sum to 1;
//   each sweep, from what the solver has before it, is that of the formula in plain loops;
//   F is that of its definition, computed term by term, and F >= -ln p(o) where every joint state
//   can be enumerated; with one factor the beliefs are the exact posterior;
//   sequential sweeps never raise F.
//
//   const FpiQuality quality = verify_fpi(problem, options, likelihood);
//
// Pure functions.
#pragma once

#include "active_inference/state_inference/state_inference.hpp"
#include "inference_problem.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
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

// The beliefs that the solver has after so many sweeps from uniform ones.
using BeliefsAfter = std::function<active_inference::Beliefs(std::size_t sweeps)>;

// Holds sweeps 1 ... `sweeps` against the formula, as long as `visits_left`, entries of tables to
// look at, is not used up; always the first one. Throws wrong_result naming the sweep; returns how
// many values were compared. From sweep to sweep, as rounding grows over many in a model that is
// the same for several states.
std::uint64_t check_sweeps(const InferenceProblem& problem,
                           std::size_t observation,
                           const active_inference::FixedPointOptions& options,
                           std::size_t sweeps,
                           const BeliefsAfter& after,
                           std::size_t& visits_left);

// Throws wrong_result naming the observation, what was found and what was expected.
[[nodiscard]] FpiQuality verify_fpi(const InferenceProblem& problem,
                                    const active_inference::FixedPointOptions& options,
                                    const active_inference::LogLikelihoodOptions& likelihood);

} // namespace assay::inference
