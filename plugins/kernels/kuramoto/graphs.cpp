#include "kuramoto/graphs.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

namespace assay::kuramoto {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

Edge edge_of(std::uint32_t a, std::uint32_t b) {
    return {std::min(a, b), std::max(a, b)};
}

void require(bool holds, const std::string& what) {
    if (!holds) {
        throw std::invalid_argument(what);
    }
}

void require_share(double p) {
    require(p >= 0 && p <= 1, "p is not from 0 to 1");
}

} // namespace

Graph ring(std::uint32_t nodes, std::uint32_t reach) {
    require(reach >= 1 && nodes > 2 * reach,
            "a ring of " + std::to_string(nodes) + " nodes has no " + std::to_string(reach) +
                " neighbours on either side: expected more than " + std::to_string(2 * reach));
    Graph graph{nodes, {}};
    for (std::uint32_t node = 0; node < nodes; ++node) {
        for (std::uint32_t step = 1; step <= reach; ++step) {
            graph.edges.push_back(edge_of(node, (node + step) % nodes));
        }
    }
    return graph;
}

Graph square_lattice(std::uint32_t rows, std::uint32_t columns) {
    require(rows >= 3 && columns >= 3, "a lattice on a torus has at least 3 rows and columns");
    Graph graph{rows * columns, {}};
    for (std::uint32_t row = 0; row < rows; ++row) {
        for (std::uint32_t column = 0; column < columns; ++column) {
            const std::uint32_t here = row * columns + column;
            graph.edges.push_back(edge_of(here, row * columns + (column + 1) % columns));
            graph.edges.push_back(edge_of(here, (row + 1) % rows * columns + column));
        }
    }
    return graph;
}

// Jumps from edge to edge over geometric gaps (Batagelj & Brandes 2005): time is that of the edges.
Graph erdos_renyi(std::uint32_t nodes, double p, std::uint64_t seed) {
    require(nodes >= 2, "a graph has at least 2 nodes");
    require_share(p);
    Graph graph{nodes, {}};
    RandomSource random(seed);
    const double log_missing = std::log1p(-p);
    std::uint64_t row = 1;
    double column = -1;
    while (p > 0 && row < nodes) {
        const double gap = p == 1 ? 0 : std::floor(std::log1p(-random.unit()) / log_missing);
        column += 1 + gap;
        while (row < nodes && column >= static_cast<double>(row)) {
            column -= static_cast<double>(row);
            ++row;
        }
        if (row < nodes) {
            graph.edges.emplace_back(static_cast<std::uint32_t>(column),
                                     static_cast<std::uint32_t>(row));
        }
    }
    return graph;
}

Graph watts_strogatz(std::uint32_t nodes, std::uint32_t neighbours, double p, std::uint64_t seed) {
    require(neighbours % 2 == 0, "Watts-Strogatz wants an even number of neighbours");
    require_share(p);
    const Graph regular = ring(nodes, neighbours / 2);
    std::set<Edge> edges(regular.edges.begin(), regular.edges.end());
    RandomSource random(seed);
    for (const Edge& edge : regular.edges) {
        if (random.unit() >= p) {
            continue;
        }
        const Edge moved = edge_of(edge.first, random.below(nodes));
        if (moved.first != moved.second && edges.insert(moved).second) {
            edges.erase(edge);
        }
    }
    return {nodes, {edges.begin(), edges.end()}};
}

Graph barabasi_albert(std::uint32_t nodes, std::uint32_t links, std::uint64_t seed) {
    require(links >= 1 && nodes > links, "Barabasi-Albert wants more nodes than links of a node");
    Graph graph{nodes, {}};
    RandomSource random(seed);
    std::vector<std::uint32_t> ends; // each node as often as it has edges
    std::set<std::uint32_t> chosen;
    for (std::uint32_t node = links; node < nodes; ++node) {
        chosen.clear();
        while (chosen.size() < links) {
            const auto any = static_cast<std::uint32_t>(ends.size());
            chosen.insert(any == 0 ? static_cast<std::uint32_t>(chosen.size())
                                   : ends[random.below(any)]);
        }
        for (const std::uint32_t other : chosen) {
            graph.edges.push_back(edge_of(other, node));
            ends.push_back(other);
            ends.push_back(node);
        }
    }
    return graph;
}

SparseCoupling weighted(const Graph& graph, double weight) {
    SparseCoupling coupling;
    coupling.row_begin.assign(std::size_t{graph.nodes} + 1, 0);
    for (const Edge& edge : graph.edges) {
        ++coupling.row_begin[edge.first + 1];
        ++coupling.row_begin[edge.second + 1];
    }
    for (std::size_t row = 0; row < graph.nodes; ++row) {
        coupling.row_begin[row + 1] += coupling.row_begin[row];
    }
    std::vector<std::uint64_t> next(coupling.row_begin.begin(), coupling.row_begin.end() - 1);
    coupling.columns.resize(2 * graph.edges.size());
    for (const Edge& edge : graph.edges) {
        coupling.columns[next[edge.first]++] = edge.second;
        coupling.columns[next[edge.second]++] = edge.first;
    }
    for (std::size_t row = 0; row < graph.nodes; ++row) {
        std::sort(coupling.columns.begin() + static_cast<std::ptrdiff_t>(coupling.row_begin[row]),
                  coupling.columns.begin() +
                      static_cast<std::ptrdiff_t>(coupling.row_begin[row + 1]));
    }
    coupling.weights.assign(coupling.columns.size(), weight);
    return coupling;
}

} // namespace assay::kuramoto
