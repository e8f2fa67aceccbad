#include "active_inference/belief_propagation/random_factor_graph.hpp"
#include "enumeration.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr MessageOrder kLoopySchedules[] = {
    MessageOrder::flooding, MessageOrder::sequential, MessageOrder::residual};

std::vector<FactorGraph> loopy_graphs(std::uint64_t seed) {
    const GraphDraw mixed{.states_min = 2, .states_max = 5, .coupling = 0.3};
    std::vector<FactorGraph> graphs{
        random_grid({4, 5}, {.coupling = 0.3}, seed),
        random_grid({3, 3}, {.states_min = 4, .states_max = 4, .coupling = 0.3}, seed),
        random_grid({3, 3}, {.states_min = 8, .states_max = 8, .coupling = 0.2}, seed),
        random_ring(9, mixed, seed),
        random_pairs({.variables = 10, .edge_probability = 0.3}, mixed, seed),
    };
    // Factors of three and four variables across a ring.
    FactorGraph wide = random_ring(6, {.states_min = 2, .states_max = 3, .coupling = 0.3}, seed);
    assay::RandomSource random(seed);
    for (const std::vector<std::size_t>& variables :
         {std::vector<std::size_t>{4, 0, 2}, std::vector<std::size_t>{5, 1, 3, 0}}) {
        std::size_t entries = 1;
        for (const std::size_t variable : variables) {
            entries *= wide.extents[variable];
        }
        GraphFactor factor{variables, {}};
        for (std::size_t k = 0; k < entries; ++k) {
            factor.table.push_back(0.5 + random.unit());
        }
        wide.factors.push_back(factor);
    }
    graphs.push_back(wide);
    return graphs;
}

std::vector<std::size_t> shuffled(std::size_t count, assay::RandomSource& random) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
    }
    return order;
}

struct Renamed {
    FactorGraph graph;
    std::vector<std::size_t> variable;            // old -> new
    std::vector<std::vector<std::size_t>> states; // old variable, old state -> new
};

// The same distribution with variables, states and factors in another order.
Renamed renamed(const FactorGraph& graph, std::uint64_t seed) {
    assay::RandomSource random(seed);
    Renamed to{{}, shuffled(graph.extents.size(), random), {}};
    to.graph.extents.resize(graph.extents.size());
    for (std::size_t i = 0; i < graph.extents.size(); ++i) {
        to.graph.extents[to.variable[i]] = graph.extents[i];
        to.states.push_back(shuffled(graph.extents[i], random));
    }
    for (const std::size_t a : shuffled(graph.factors.size(), random)) {
        const GraphFactor& old = graph.factors[a];
        const std::vector<std::size_t> axes = shuffled(old.variables.size(), random);
        GraphFactor factor{{}, std::vector<double>(old.table.size())};
        for (const std::size_t axis : axes) {
            factor.variables.push_back(to.variable[old.variables[axis]]);
        }
        for (std::size_t entry = 0; entry < old.table.size(); ++entry) {
            std::vector<std::size_t> state(old.variables.size());
            std::size_t rest = entry;
            for (std::size_t k = state.size(); k-- > 0;) {
                const std::size_t variable = old.variables[k];
                state[k] = to.states[variable][rest % graph.extents[variable]];
                rest /= graph.extents[variable];
            }
            std::size_t place = 0;
            for (const std::size_t axis : axes) {
                place = place * graph.extents[old.variables[axis]] + state[axis];
            }
            factor.table[place] = old.table[entry];
        }
        to.graph.factors.push_back(std::move(factor));
    }
    return to;
}

} // namespace

TEST_CASE("schedules, domains and damping share the fixed point of a graph with loops") {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (const FactorGraph& graph : loopy_graphs(seed)) {
            CAPTURE(seed);
            BeliefPropagation first(graph, {.tolerance = 1e-13});
            const PropagationOutcome expected = first.run();
            REQUIRE(expected.ending == Ending::converged);
            CHECK(bethe_of_beliefs(graph, first) ==
                  doctest::Approx(*expected.log_partition).epsilon(1e-11));
            for (const MessageOrder schedule : kLoopySchedules) {
                for (const Domain domain : {Domain::linear, Domain::logarithmic}) {
                    for (const double damping : {0.0, 0.3}) {
                        CAPTURE(name(schedule));
                        CAPTURE(damping);
                        BeliefPropagation solver(graph,
                                                 {.schedule = schedule,
                                                  .domain = domain,
                                                  .damping = damping,
                                                  .tolerance = 1e-13});
                        const PropagationOutcome outcome = solver.run();
                        REQUIRE(outcome.ending == Ending::converged);
                        REQUIRE(largest_difference(first, solver, graph.extents.size()) <= 1e-10);
                        REQUIRE(std::abs(*outcome.log_partition - *expected.log_partition) <=
                                1e-10);
                    }
                }
            }
        }
    }
}

TEST_CASE("the marginals of a factor agree with those of its variables at the fixed point") {
    for (const FactorGraph& graph : loopy_graphs(77)) {
        BeliefPropagation solver(graph, {.tolerance = 1e-13});
        REQUIRE(solver.run().ending == Ending::converged);
        for (std::size_t a = 0; a < graph.factors.size(); ++a) {
            const GraphFactor& factor = graph.factors[a];
            std::vector<double> belief(factor.table.size());
            REQUIRE(solver.factor_marginal(a, belief));
            std::size_t inner = belief.size();
            for (const std::size_t variable : factor.variables) {
                inner /= graph.extents[variable];
                std::vector<double> sums(graph.extents[variable], 0.0);
                for (std::size_t k = 0; k < belief.size(); ++k) {
                    sums[k / inner % sums.size()] += belief[k];
                }
                for (std::size_t state = 0; state < sums.size(); ++state) {
                    CHECK(std::abs(sums[state] - solver.marginal(variable)[state]) <= 1e-11);
                }
            }
        }
    }
}

TEST_CASE("the order of variables, states and factors changes nothing") {
    for (std::uint64_t seed = 100; seed < 110; ++seed) {
        for (const FactorGraph& graph : loopy_graphs(seed)) {
            const Renamed other = renamed(graph, seed + 1000);
            for (const MessageOrder schedule : kLoopySchedules) {
                CAPTURE(seed);
                CAPTURE(name(schedule));
                BeliefPropagation here(graph, {.schedule = schedule, .tolerance = 1e-13});
                BeliefPropagation there(other.graph, {.schedule = schedule, .tolerance = 1e-13});
                const double log_here = here.run().log_partition.value();
                CHECK(std::abs(there.run().log_partition.value() - log_here) <= 1e-10);
                for (std::size_t i = 0; i < graph.extents.size(); ++i) {
                    for (std::size_t state = 0; state < graph.extents[i]; ++state) {
                        const double probability =
                            there.marginal(other.variable[i])[other.states[i][state]];
                        REQUIRE(std::abs(probability - here.marginal(i)[state]) <= 1e-10);
                    }
                }
            }
        }
    }
}

TEST_CASE("a graph of loops is not exact, so agreement with enumeration would be an accident") {
    const FactorGraph graph = random_ring(5, {.coupling = 1.5}, 3);
    BeliefPropagation solver(graph, {.tolerance = 1e-13});
    const PropagationOutcome outcome = solver.run();
    REQUIRE(outcome.ending == Ending::converged);
    CHECK(std::abs(*outcome.log_partition - enumerate(graph).log_partition) > 1e-6);
}

TEST_CASE("the residual schedule finds the same fixed point where variables fill many blocks") {
    const GraphDraw mixed{.states_min = 2, .states_max = 5, .coupling = 0.2};
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        for (const FactorGraph& graph :
             {random_grid({20, 20}, {.coupling = 0.3}, seed),
              random_pairs({.variables = 150, .edge_probability = 0.02}, mixed, seed),
              random_tree({.variables = 300, .wide_share = 0.3}, mixed, seed),
              random_ring(129, mixed, seed)}) {
            CAPTURE(seed);
            BeliefPropagation residual(graph,
                                       {.schedule = MessageOrder::residual, .tolerance = 1e-13});
            BeliefPropagation sequential(graph, {.tolerance = 1e-13});
            const PropagationOutcome outcome = residual.run();
            const PropagationOutcome expected = sequential.run();
            REQUIRE(outcome.ending == Ending::converged);
            CHECK(outcome.largest_change < 1e-13);
            CHECK(largest_difference(residual, sequential, graph.extents.size()) <= 1e-11);
            CHECK(std::abs(*outcome.log_partition - *expected.log_partition) <=
                  1e-11 * std::abs(*expected.log_partition));
        }
    }
}

TEST_CASE("the residual schedule needs fewer messages than sweeps do") {
    const FactorGraph graph = random_grid({30, 30}, {.coupling = 0.3}, 1);
    BeliefPropagation residual(graph, {.schedule = MessageOrder::residual});
    BeliefPropagation sequential(graph, {.schedule = MessageOrder::sequential});
    BeliefPropagation flooding(graph, {.schedule = MessageOrder::flooding});
    const auto messages = [](BeliefPropagation& solver) { return solver.run().work.messages; };
    const std::uint64_t in_order = messages(sequential);
    CHECK(messages(residual) < in_order);
    CHECK(in_order < messages(flooding));
}
