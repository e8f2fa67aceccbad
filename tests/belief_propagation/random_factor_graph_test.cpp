#include "active_inference/belief_propagation/random_factor_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace assay::active_inference;

namespace {

std::size_t pairs(const FactorGraph& graph) {
    return graph.factors.size() - graph.extents.size();
}

bool equal(const FactorGraph& a, const FactorGraph& b) {
    if (a.extents != b.extents || a.factors.size() != b.factors.size()) {
        return false;
    }
    for (std::size_t k = 0; k < a.factors.size(); ++k) {
        if (a.factors[k].variables != b.factors[k].variables ||
            a.factors[k].table != b.factors[k].table) {
            return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("every topology is without fault and has the factors it should have") {
    const GraphDraw draw{.states_min = 2, .states_max = 5};
    const FactorGraph chain = random_chain(6, draw, 1);
    const FactorGraph ring = random_ring(6, draw, 1);
    const FactorGraph grid = random_grid({3, 4}, draw, 1);
    const FactorGraph tree = random_tree({.variables = 12}, draw, 1);
    const FactorGraph markov = random_hidden_markov(6, {.states_min = 3}, 1);
    CHECK(pairs(chain) == 5);
    CHECK(pairs(ring) == 6);
    CHECK(pairs(grid) == 17);
    CHECK(pairs(tree) == 11);
    CHECK(pairs(markov) == 5);
    for (const FactorGraph& graph : {chain, ring, grid, tree, markov}) {
        CHECK_FALSE(first_fault(graph));
    }
}

TEST_CASE("a seed gives the same graph again and another seed another one") {
    CHECK(equal(random_grid({4, 4}, {}, 7), random_grid({4, 4}, {}, 7)));
    CHECK_FALSE(equal(random_grid({4, 4}, {}, 7), random_grid({4, 4}, {}, 8)));
    const RandomSize size{.variables = 12, .edge_probability = 0.4};
    CHECK(equal(random_pairs(size, {}, 7), random_pairs(size, {}, 7)));
}

TEST_CASE("extents and local entries fill the ranges they are drawn from") {
    const FactorGraph graph = random_chain(2000, {.states_min = 2, .states_max = 5}, 3);
    std::vector<int> counts(7, 0);
    double lowest = 2;
    double highest = 0;
    for (const GraphFactor& factor : graph.factors) {
        if (factor.variables.size() == 1) {
            ++counts[factor.table.size()];
            for (const double entry : factor.table) {
                lowest = std::min(lowest, entry);
                highest = std::max(highest, entry);
            }
        }
    }
    CHECK(counts[2] + counts[3] + counts[4] + counts[5] == 2000);
    CHECK(*std::min_element(counts.begin() + 2, counts.begin() + 6) > 400);
    CHECK(lowest >= 0.1);
    CHECK(lowest < 0.11);
    CHECK(highest < 1.1);
    CHECK(highest > 1.09);
}

TEST_CASE("couplings are exponentials of normal numbers with the spread that was asked for") {
    const FactorGraph graph = random_grid({60, 60}, {.coupling = 0.5}, 3);
    double count = 0;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (const GraphFactor& factor : graph.factors) {
        for (const double entry : factor.table) {
            if (factor.variables.size() == 2) {
                const double value = std::log(entry) / 0.5;
                count += 1;
                sum += value;
                squares += value * value;
                fourth += value * value * value * value;
            }
        }
    }
    CHECK(count == 2 * 60 * 59 * 4);
    // Five standard errors of each moment.
    CHECK(std::abs(sum / count) < 5 / std::sqrt(count));
    CHECK(std::abs(squares / count - 1) < 5 * std::sqrt(2 / count));
    CHECK(std::abs(fourth / count - 3) < 5 * std::sqrt(96 / count));
}

TEST_CASE("a share of the factors of a tree binds three variables") {
    const FactorGraph graph = random_tree({.variables = 300, .wide_share = 0.5}, {}, 3);
    std::size_t wide = 0;
    for (const GraphFactor& factor : graph.factors) {
        wide += factor.variables.size() == 3 ? 1 : 0;
    }
    CHECK(wide > 60);
    CHECK(wide < 140);
    CHECK_FALSE(first_fault(graph));
}

TEST_CASE("the rows of a hidden Markov model's transition sum to one and are the same each step") {
    const FactorGraph graph = random_hidden_markov(4, {.states_min = 3, .coupling = 1}, 3);
    CHECK(graph.factors[4].table == graph.factors[5].table);
    for (std::size_t from = 0; from < 3; ++from) {
        double total = 0;
        for (std::size_t to = 0; to < 3; ++to) {
            total += graph.factors[4].table[from * 3 + to];
        }
        CHECK(total == doctest::Approx(1).epsilon(1e-14));
    }
}
