// Who is coupled to whom: graphs in compressed rows, made from a seed.
//
//   const SparseCoupling lattice = weighted(square_lattice(32, 32), 2.0 / 4);
//   const SparseCoupling small_world = weighted(watts_strogatz(1000, 6, 0.1, seed), 0.5);
//
// All are undirected, without loops or double edges. Pure functions; std::invalid_argument where
// sizes make no sense.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace assay::kuramoto {

// Row i: those that pull oscillator i, in rising order.
struct SparseCoupling {
    std::vector<std::uint64_t> row_begin; // one more than there are rows
    std::vector<std::uint32_t> columns;
    std::vector<double> weights; // K_ij

    [[nodiscard]] std::size_t rows() const noexcept {
        return row_begin.empty() ? 0 : row_begin.size() - 1;
    }
};

struct Graph {
    std::uint32_t nodes = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges; // smaller first
};

// Each to its `reach` neighbours on either side.
[[nodiscard]] Graph ring(std::uint32_t nodes, std::uint32_t reach = 1);
// Four neighbours each, edges joined to a torus; both sides at least 3.
[[nodiscard]] Graph square_lattice(std::uint32_t rows, std::uint32_t columns);
// Every pair with probability p.
[[nodiscard]] Graph erdos_renyi(std::uint32_t nodes, double p, std::uint64_t seed);
// ring(nodes, neighbours / 2) with the far end of each edge moved with probability p.
[[nodiscard]] Graph
watts_strogatz(std::uint32_t nodes, std::uint32_t neighbours, double p, std::uint64_t seed);
// Every new node takes `links` others, the more likely the more edges they have.
[[nodiscard]] Graph barabasi_albert(std::uint32_t nodes, std::uint32_t links, std::uint64_t seed);

// Every edge with this weight, in both directions.
[[nodiscard]] SparseCoupling weighted(const Graph& graph, double weight);

} // namespace assay::kuramoto
