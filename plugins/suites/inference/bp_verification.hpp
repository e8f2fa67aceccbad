// What is true of belief propagation whatever the graph, checked on the very graph of a case:
//   marginals are finite, not negative and sum to 1;
//   at a fixed point the marginal over a factor's variables, summed down to one of them, is the
//   marginal of that variable;
//   without loops marginals and ln Z are exact.
//
//   const BpQuality quality = verify_bp(graph, solver, outcome, tolerance);
//
// Pure functions.
#pragma once

#include "active_inference/belief_propagation/belief_propagation.hpp"

#include <cstdint>
#include <optional>

namespace assay::inference {

struct BpQuality {
    std::optional<double> error;               // the largest |b - exact marginal|
    std::optional<double> log_partition_error; // |Bethe - exact| ln Z
    std::uint64_t values_compared = 0;
};

struct BpRun {
    const active_inference::FactorGraph& graph;
    const active_inference::BeliefPropagation& solver;
    const active_inference::PropagationOutcome& outcome;
    double tolerance = 0;
    bool has_loops = true;
};

// Throws wrong_result naming the variable or factor, what was found and what was expected.
[[nodiscard]] BpQuality verify_bp(const BpRun& run);

} // namespace assay::inference
