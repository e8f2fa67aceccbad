// A factor graph compiled for message passing: every message has a fixed place in one flat array,
// every pairwise table lies there twice, once per direction, so that a message is always a sum of
// contiguous rows and the tables are read in the order of the sweep.
//
//   MessageLayout layout(graph, Domain::linear);
//
// Factors of one variable are folded into that variable's `local` factor and carry no messages:
// |E|, the number of edges, counts factors of two and more variables alone.
// Tables are scaled by powers of two to a largest entry in [1/2, 1), which is exact; `exponent` is
// the sum of what was taken out. Immutable after construction; any number of threads may read.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::active_inference {

enum class Domain { linear, logarithmic };

// An edge as its variable sees it; the edges of a variable are contiguous, and their messages too.
struct Edge {
    std::uint32_t source = 0;        // pair: message of the other variable; wide: the wide factor
    std::uint32_t source_extent = 0; // pair: states of the other variable; wide: 0
    std::uint32_t table = 0;         // pair: [source state][own state]
    std::uint32_t neighbour = 0;     // pair: the other variable; wide: the axis of this variable
};

struct WideAxis {
    std::uint32_t variable = 0, extent = 0, message = 0;
};

// A factor of three or more variables.
struct WideFactor {
    std::uint32_t first_axis = 0, axis_count = 0, table = 0, entries = 0;
};

// Where the marginal of a factor is read from.
struct FactorPlace {
    std::uint32_t arity = 0, entries = 0;
    std::uint32_t last_variable = 0;
    std::uint32_t last_edge = 0; // of its last variable, if there are at least two
};

struct MessageLayout {
    // The graph must be without fault.
    MessageLayout(const FactorGraph& graph, Domain domain);

    [[nodiscard]] std::size_t variable_count() const noexcept { return extent.size(); }

    [[nodiscard]] std::size_t degree(std::size_t variable) const noexcept {
        return first_edge[variable + 1] - first_edge[variable];
    }

    // Where the message of an edge starts.
    [[nodiscard]] std::size_t message(std::size_t variable, std::size_t edge) const noexcept {
        return first_message[variable] + (edge - first_edge[variable]) * extent[variable];
    }

    // Calls visit(variable) for every variable of the edge's factor but its own.
    template <typename Visit>
    void for_each_neighbour(std::size_t edge, Visit&& visit) const {
        const Edge& e = edges[edge];
        if (e.source_extent != 0) {
            visit(e.neighbour);
            return;
        }
        const WideFactor& factor = wide[e.source];
        for (std::uint32_t k = 0; k < factor.axis_count; ++k) {
            if (k != e.neighbour) {
                visit(axes[factor.first_axis + k].variable);
            }
        }
    }

    std::vector<std::uint32_t> extent, first_local;       // per variable
    std::vector<std::uint32_t> first_edge, first_message; // per variable, and one past the end
    // Per variable: its number of states if the loops are compiled for that number and all its
    // factors are pairs with neighbours of as many states, else 0.
    std::vector<std::uint32_t> compiled_extent;
    std::vector<Edge> edges;                // by variable, then by factor
    std::vector<std::uint32_t> edge_factor; // the factor of every edge
    std::vector<WideFactor> wide;
    std::vector<WideAxis> axes;
    std::vector<FactorPlace> factors;
    std::vector<double> local, tables; // logarithms in Domain::logarithmic
    // Per variable, for all of its messages, in and out.
    std::vector<std::uint64_t> visit_multiply_adds, visit_logarithms;
    std::int64_t exponent = 0;
    std::uint32_t degree_max = 0, extent_max = 0, wide_entries_max = 0;
    Domain domain;

private:
    void place_edges(const FactorGraph& graph);
    void place_pairs(const FactorGraph& graph);
    void place_wide(const FactorGraph& graph);
    void fold_local(const FactorGraph& graph);
    void choose_paths();
    // The entries of a table as they are stored: scaled, and as logarithms where asked for.
    [[nodiscard]] std::vector<double> stored(const std::vector<double>& table);

    std::vector<std::uint32_t> edge_axis_; // place of the variable in the factor's list, per edge
};

} // namespace assay::active_inference
