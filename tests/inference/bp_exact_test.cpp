#include "active_inference/belief_propagation/random_factor_graph.hpp"
#include "bp_exact.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace bp_exact_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

namespace {

double largest_difference(const ExactMarginals& a, const ExactMarginals& b) {
    double largest = std::abs(a.log_partition - b.log_partition);
    for (std::size_t v = 0; v < a.marginals.size(); ++v) {
        for (std::size_t s = 0; s < a.marginals[v].size(); ++s) {
            largest = std::max(largest, std::abs(a.marginals[v][s] - b.marginals[v][s]));
        }
    }
    return largest;
}

} // namespace

TEST_CASE("two coins that must agree have the marginals that a pencil finds") {
    const ai::FactorGraph graph{
        .extents = {2, 2},
        .factors = {{{0}, {0.25, 0.75}}, {{1}, {0.5, 0.5}}, {{0, 1}, {1, 0, 0, 1}}}};
    for (const auto& exact : {exact_by_enumeration(graph), exact_on_forest(graph)}) {
        REQUIRE(exact);
        CHECK(exact->marginals[1][0] == doctest::Approx(0.25).epsilon(1e-12));
        CHECK(exact->marginals[0][1] == doctest::Approx(0.75).epsilon(1e-12));
        CHECK(exact->log_partition == doctest::Approx(std::log(0.5)).epsilon(1e-12));
    }
}

TEST_CASE("the recursion over a forest agrees with enumeration") {
    const ai::GraphDraw draw{.states_min = 1, .states_max = 3, .coupling = 1.5};
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const ai::FactorGraph graph = seed % 2 == 0 ? ai::random_tree({.variables = 9}, draw, seed)
                                                    : ai::random_chain(9, draw, seed);
        const auto counted = exact_by_enumeration(graph);
        const auto passed = exact_on_forest(graph);
        REQUIRE(counted);
        REQUIRE(passed);
        CHECK(largest_difference(*counted, *passed) < 1e-12);
    }
}

TEST_CASE("a forest of several trees and lone variables is exact too") {
    const ai::FactorGraph graph{
        .extents = {2, 3, 2, 2},
        .factors = {{{3, 0}, {1, 2, 3, 4}}, {{1}, {1, 2, 5}}, {{2}, {0.5, 0.25}}}};
    CHECK(largest_difference(exact_by_enumeration(graph).value(), exact_on_forest(graph).value()) <
          1e-14);
}

TEST_CASE("a loop, a double bond or a factor of three is no pairwise forest") {
    const ai::GraphDraw draw{.states_min = 2, .states_max = 2, .coupling = 1};
    CHECK_FALSE(exact_on_forest(ai::random_ring(5, draw, 1)));
    const std::vector<double> table{1, 2, 3, 4};
    CHECK_FALSE(
        exact_on_forest({.extents = {2, 2}, .factors = {{{0, 1}, table}, {{1, 0}, table}}}));
    CHECK_FALSE(exact_on_forest(
        {.extents = {2, 2, 2}, .factors = {{{0, 1, 2}, std::vector<double>(8, 1.0)}}}));
}

TEST_CASE("more than a million joint states are enumerated by nobody") {
    const ai::GraphDraw draw{.states_min = 2, .states_max = 2, .coupling = 1};
    CHECK_FALSE(exact_by_enumeration(ai::random_grid({5, 5}, draw, 1)));
    CHECK_FALSE(exact_marginals(ai::random_grid({5, 5}, draw, 1)));
    CHECK(exact_marginals(ai::random_chain(500, draw, 1)));
}

} // namespace bp_exact_test
