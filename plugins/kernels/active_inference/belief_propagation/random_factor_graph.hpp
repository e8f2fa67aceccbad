// Factor graphs to measure and test with, drawn from a seed: local factors uniform in [0.1, 1.1),
// pairwise and three-way ones exp(coupling * N(0, 1)).
//
//   FactorGraph graph = random_grid({.rows = 50, .columns = 50}, {.coupling = 0.3}, seed);
//
// Pure functions. Every variable has one local factor, before all others. Equal bits need an equal
// std::log and std::exp.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::active_inference {

struct GraphDraw {
    std::size_t states_min = 2, states_max = 2; // the extent of every variable is uniform in these
    double coupling = 0.3;                      // beta
};

struct GridSize {
    std::size_t rows = 1, columns = 1;
};

[[nodiscard]] FactorGraph random_chain(std::size_t variables, GraphDraw draw, std::uint64_t seed);

// A chain closed by one more factor, from the last variable to the first; at least 3 variables.
[[nodiscard]] FactorGraph random_ring(std::size_t variables, GraphDraw draw, std::uint64_t seed);

[[nodiscard]] FactorGraph random_grid(GridSize size, GraphDraw draw, std::uint64_t seed);

struct TreeSize {
    std::size_t variables = 1;
    double wide_share = 0; // of the factors: those that bind two new variables to an old one
};

// Every new variable, or pair of them, hangs from one that is there already.
[[nodiscard]] FactorGraph random_tree(TreeSize size, GraphDraw draw, std::uint64_t seed);

struct RandomSize {
    std::size_t variables = 1;
    double edge_probability = 0.3; // of every pair of variables
};

[[nodiscard]] FactorGraph random_pairs(RandomSize size, GraphDraw draw, std::uint64_t seed);

// The hidden states of a hidden Markov model given its observations: the local factors are the
// likelihoods of what was observed, the rows of the transition, one for all steps, sum to 1.
[[nodiscard]] FactorGraph
random_hidden_markov(std::size_t steps, GraphDraw draw, std::uint64_t seed);

} // namespace assay::active_inference
