// What belief propagation is held against: sums over all joint states, and the Bethe formula over
// beliefs as it stands in the literature.
//
//   Enumeration exact = enumerate(graph);
//   exact.marginals[variable][state]
//
// Pure functions; for small graphs.
#pragma once

#include "active_inference/belief_propagation/belief_propagation.hpp"

#include <string>
#include <vector>

namespace assay::test {

struct Enumeration {
    double log_partition = 0;
    std::vector<std::vector<double>> marginals;        // per variable
    std::vector<std::vector<double>> factor_marginals; // per factor, as its table
};

Enumeration enumerate(const active_inference::FactorGraph& graph);

// ln Z = -[sum_a sum b_a ln(b_a / psi_a) - sum_i (d_i - 1) sum b_i ln b_i], with 0 ln 0 = 0.
double bethe_of_beliefs(const active_inference::FactorGraph& graph,
                        const active_inference::BeliefPropagation& solver);

// The largest differences between what a solver found and what is true.
struct Difference {
    double log_partition = 0, marginals = 0, factor_marginals = 0;
};

Difference difference(const active_inference::FactorGraph& graph,
                      const active_inference::BeliefPropagation& solver,
                      const active_inference::PropagationOutcome& outcome,
                      const Enumeration& exact);

// Of all marginals of variables.
double largest_difference(const active_inference::BeliefPropagation& a,
                          const active_inference::BeliefPropagation& b,
                          std::size_t variables);

std::string name(active_inference::MessageOrder schedule);

} // namespace assay::test
