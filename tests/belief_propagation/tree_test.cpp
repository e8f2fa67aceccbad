#include "active_inference/belief_propagation/random_factor_graph.hpp"
#include "enumeration.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr MessageOrder kTreeSchedules[] = {MessageOrder::flooding,
                                           MessageOrder::sequential,
                                           MessageOrder::forward_backward,
                                           MessageOrder::residual};

// Trees with zeros, weak and strong couplings, factors of three, variables of one state.
FactorGraph drawn_tree(std::uint64_t seed) {
    assay::RandomSource random(seed);
    const std::size_t variables = 1 + random.below(7);
    const GraphDraw draw{.states_min = 1 + random.below(2),
                         .states_max = 2 + random.below(3),
                         .coupling = 0.2 + 2 * random.unit()};
    FactorGraph graph = random_tree({.variables = variables, .wide_share = 0.4}, draw, seed);
    for (GraphFactor& factor : graph.factors) {
        for (double& entry : factor.table) {
            entry = random.unit() < 0.05 ? 0 : entry;
        }
        factor.table.front() = 0.5; // the state of zeros alone stays possible
    }
    return graph;
}

void check_exact(Domain domain, std::uint64_t first_seed, std::uint64_t count) {
    for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
        const FactorGraph graph = drawn_tree(seed);
        const Enumeration exact = enumerate(graph);
        for (const MessageOrder schedule : kTreeSchedules) {
            CAPTURE(seed);
            CAPTURE(name(schedule));
            BeliefPropagation solver(graph,
                                     {.schedule = schedule, .domain = domain, .tolerance = 1e-14});
            const PropagationOutcome outcome = solver.run();
            REQUIRE(outcome.ending == Ending::converged);
            const Difference found = difference(graph, solver, outcome, exact);
            REQUIRE(found.log_partition <= 1e-12);
            REQUIRE(found.marginals <= 1e-12);
            REQUIRE(found.factor_marginals <= 1e-12);
        }
    }
}

} // namespace

TEST_CASE("every schedule is exact on a thousand random trees") {
    check_exact(Domain::linear, 0, 1000);
}

TEST_CASE("every schedule is exact on random trees with logarithms") {
    check_exact(Domain::logarithmic, 5000, 250);
}

TEST_CASE("two passes take exactly two messages per edge") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const FactorGraph graph = drawn_tree(seed);
        std::uint64_t edges = 0;
        for (const GraphFactor& factor : graph.factors) {
            edges += factor.variables.size() > 1 ? factor.variables.size() : 0;
        }
        BeliefPropagation solver(graph, {.schedule = MessageOrder::forward_backward});
        const PropagationOutcome outcome = solver.run();
        REQUIRE(solver.edge_count() == edges);
        REQUIRE(outcome.work.messages == 2 * edges);
        REQUIRE(outcome.sweeps == 1);
        REQUIRE(outcome.largest_change == 0);
    }
}

TEST_CASE("a hidden Markov model and a mixed chain are exact") {
    for (const FactorGraph& graph :
         {random_hidden_markov(7, {.states_min = 4, .states_max = 4, .coupling = 1}, 3),
          random_chain(8, {.states_min = 2, .states_max = 5, .coupling = 1}, 4)}) {
        const Enumeration exact = enumerate(graph);
        for (const MessageOrder schedule : kTreeSchedules) {
            CAPTURE(name(schedule));
            BeliefPropagation solver(graph, {.schedule = schedule, .tolerance = 1e-14});
            const Difference found = difference(graph, solver, solver.run(), exact);
            CHECK(found.log_partition <= 1e-12);
            CHECK(found.marginals <= 1e-12);
            CHECK(found.factor_marginals <= 1e-12);
        }
    }
}

TEST_CASE("trees that do not hang together multiply their sums") {
    const FactorGraph graph{{2, 2, 3},
                            {{{0, 1}, {1, 2, 3, 4}}, {{2}, {1, 2, 3}}, {{2}, {4, 5, 6}}}};
    for (const MessageOrder schedule : kTreeSchedules) {
        BeliefPropagation solver(graph, {.schedule = schedule});
        const PropagationOutcome outcome = solver.run();
        CHECK(outcome.log_partition.value() == doctest::Approx(std::log(10.0 * 32)).epsilon(1e-14));
        CHECK(solver.marginal(2)[1] == doctest::Approx(10.0 / 32).epsilon(1e-14));
    }
}

TEST_CASE("the path of a chain of a thousand takes two passes where sweeps take many") {
    const FactorGraph graph =
        random_chain(1000, {.states_min = 4, .states_max = 4, .coupling = 1}, 1);
    BeliefPropagation passes(graph, {.schedule = MessageOrder::forward_backward});
    BeliefPropagation sweeps(graph, {.schedule = MessageOrder::sequential, .tolerance = 1e-13});
    const PropagationOutcome two = passes.run();
    const PropagationOutcome many = sweeps.run();
    CHECK(many.sweeps > 4);
    CHECK(two.work.messages * many.sweeps == many.work.messages);
    CHECK(largest_difference(passes, sweeps, 1000) <= 1e-12);
    CHECK(two.log_partition.value() == doctest::Approx(many.log_partition.value()).epsilon(1e-12));
}
