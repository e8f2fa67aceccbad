// What an observation says about the hidden factors of a model, as a factor graph: a variable for
// each hidden factor, a local factor for its prior, and one for the likelihood of what each
// modality showed. Its marginals are the exact posterior that fixed-point iteration approximates,
// and Z is the probability of the observation.
//
//   const FactorGraph graph = evidence_graph(model, prior, {{.index = 1}, {.index = 0}});
//   if (!has_loops(graph)) { two passes are exact }
//
// Pure functions.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"
#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"

namespace assay::inference {

// The model and the observation are without fault. Modalities that see the same factors in the same
// order make one table, as two of them would be a loop.
[[nodiscard]] active_inference::FactorGraph
evidence_graph(const active_inference::FactoredModel& model,
               const active_inference::Beliefs& prior,
               active_inference::Observation observation);

// Whether a path leaves a variable by one factor and comes back by another. The graph is without
// fault.
[[nodiscard]] bool has_loops(const active_inference::FactorGraph& graph);

} // namespace assay::inference
