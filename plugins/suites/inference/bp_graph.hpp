// A value of the axis `graph`: a random factor graph, written as one name.
//
//   grid10x10_2     10 x 10 variables of 2 states            chain1000_4, ring100_3, tree50_4,
//   random20        20 variables of 2 to 5 states, pairs     hmm200_4: variables and states
//                   bound with probability 0.2 (0.3 below 20 variables)
//
// Local factors are uniform in [0.1, 1.1), others exp(coupling * N(0, 1)). The coupling is 1 for
// graphs without loops and 0.3 for those with; 0.2 for grids of 10 000 variables or 8 states, which
// need not converge above it.
//
// Pure functions.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::inference {

inline constexpr std::size_t kGraphVariablesMax = 1'000'000, kGraphStatesMax = 256;
inline constexpr std::size_t kGraphBytesMax = std::size_t{512} << 20;

enum class Topology { grid, chain, ring, tree, hidden_markov, random };

struct GraphShape {
    Topology topology = Topology::grid;
    std::size_t rows = 1, columns = 1; // of a grid; else rows is the number of variables
    std::size_t states = 2;            // of a random graph: not read

    [[nodiscard]] bool has_loops() const noexcept {
        return topology == Topology::ring || topology == Topology::random ||
               (topology == Topology::grid && rows > 1 && columns > 1);
    }
};

// Nothing when `name` is not of a form above or beyond its limits.
[[nodiscard]] std::optional<GraphShape> graph_shape_from(std::string_view name);

// The forms, for error messages.
[[nodiscard]] std::string graph_shape_form();

// Of the tables, at most.
[[nodiscard]] std::size_t graph_bytes(const GraphShape& shape) noexcept;

[[nodiscard]] active_inference::FactorGraph timing_graph(const GraphShape& shape,
                                                         std::uint64_t seed);

} // namespace assay::inference
