// Graphs are those of their names.
#include "kuramoto/graphs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace graphs_test {

using namespace assay::kuramoto;

namespace {

std::vector<std::size_t> degrees(const Graph& graph) {
    std::vector<std::size_t> degrees(graph.nodes);
    for (const auto& [a, b] : graph.edges) {
        ++degrees[a];
        ++degrees[b];
    }
    return degrees;
}

bool is_simple(const Graph& graph) {
    const std::set<std::pair<std::uint32_t, std::uint32_t>> edges(graph.edges.begin(),
                                                                  graph.edges.end());
    return edges.size() == graph.edges.size() &&
           std::all_of(edges.begin(), edges.end(), [&](const auto& edge) {
               return edge.first < edge.second && edge.second < graph.nodes;
           });
}

} // namespace

TEST_CASE("rings and lattices give every node the same neighbours") {
    for (const auto& [graph, degree] :
         {std::pair{ring(10), 2}, {ring(11, 3), 6}, {square_lattice(3, 5), 4}}) {
        CHECK(is_simple(graph));
        for (const std::size_t d : degrees(graph)) {
            CHECK(d == std::size_t(degree));
        }
    }
}

TEST_CASE("random graphs have no loops and no double edges and follow their seed") {
    for (std::uint64_t seed = 1; seed < 6; ++seed) {
        CHECK(is_simple(erdos_renyi(200, 0.05, seed)));
        CHECK(is_simple(watts_strogatz(200, 6, 0.3, seed)));
        CHECK(is_simple(barabasi_albert(200, 3, seed)));
        CHECK(erdos_renyi(200, 0.05, seed).edges == erdos_renyi(200, 0.05, seed).edges);
        CHECK(erdos_renyi(200, 0.05, seed).edges != erdos_renyi(200, 0.05, seed + 9).edges);
        CHECK(watts_strogatz(200, 6, 0.3, seed).edges !=
              watts_strogatz(200, 6, 0.3, seed + 9).edges);
        CHECK(barabasi_albert(200, 3, seed).edges != barabasi_albert(200, 3, seed + 9).edges);
    }
}

TEST_CASE("random graphs have as many edges as their parameters say") {
    const double pairs = 1000.0 * 999 / 2;
    const double edges = double(erdos_renyi(1000, 0.02, 1).edges.size());
    CHECK(std::abs(edges - 0.02 * pairs) < 5 * std::sqrt(0.02 * pairs));
    CHECK(erdos_renyi(50, 0, 1).edges.empty());
    CHECK(erdos_renyi(50, 1, 1).edges.size() == 50 * 49 / 2);
    CHECK(watts_strogatz(100, 4, 0.5, 1).edges.size() == 200);
    CHECK(watts_strogatz(100, 4, 0, 1).edges.size() == ring(100, 2).edges.size());
    CHECK(barabasi_albert(1000, 3, 1).edges.size() == 997 * 3);
    const auto few = degrees(barabasi_albert(1000, 3, 1));
    CHECK(*std::max_element(few.begin(), few.end()) > 40); // hubs
}

TEST_CASE("compressed rows hold every edge twice in rising order") {
    const Graph graph = watts_strogatz(50, 4, 0.4, 3);
    const SparseCoupling coupling = weighted(graph, 0.25);
    CHECK(coupling.rows() == 50);
    CHECK(coupling.columns.size() == 2 * graph.edges.size());
    const auto expected = degrees(graph);
    for (std::size_t row = 0; row < 50; ++row) {
        CHECK(coupling.row_begin[row + 1] - coupling.row_begin[row] == expected[row]);
        CHECK(std::is_sorted(coupling.columns.begin() + long(coupling.row_begin[row]),
                             coupling.columns.begin() + long(coupling.row_begin[row + 1])));
    }
}

TEST_CASE("graphs that cannot be are refused") {
    CHECK_THROWS_AS((void)ring(4, 2), std::invalid_argument);
    CHECK_THROWS_AS((void)square_lattice(2, 9), std::invalid_argument);
    CHECK_THROWS_AS((void)erdos_renyi(10, 1.5, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)erdos_renyi(10, NAN, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)watts_strogatz(10, 3, 0.1, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)barabasi_albert(3, 3, 1), std::invalid_argument);
}

} // namespace graphs_test
