// Exact marginals and ln Z of a factor graph, to hold belief propagation against: by going through
// every joint state, or where there are no loops by the two-pass recursion over a rooted forest, in
// long double and written without the solver.
//
//   if (const auto exact = exact_marginals(graph)) { exact->marginals[variable][state]; }
//
// Pure functions.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::inference {

// 1e6 joint states of some 100 factors take a second.
inline constexpr std::size_t kJointStatesMax = 1'000'000;

struct ExactMarginals {
    double log_partition = 0;
    std::vector<std::vector<double>> marginals; // per variable
};

// Nothing for more than kJointStatesMax joint states.
[[nodiscard]] std::optional<ExactMarginals>
exact_by_enumeration(const active_inference::FactorGraph& graph);

// Nothing where there is a loop or a factor of more than two variables.
[[nodiscard]] std::optional<ExactMarginals>
exact_on_forest(const active_inference::FactorGraph& graph);

// By the one or the other.
[[nodiscard]] std::optional<ExactMarginals>
exact_marginals(const active_inference::FactorGraph& graph);

} // namespace assay::inference
