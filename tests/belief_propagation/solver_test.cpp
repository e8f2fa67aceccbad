#include "active_inference/belief_propagation/random_factor_graph.hpp"
#include "allocation_count.hpp"
#include "enumeration.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr MessageOrder kLoopy[] = {
    MessageOrder::flooding, MessageOrder::sequential, MessageOrder::residual};

// Binary, frustrated and strong: plain sweeps run in circles.
FactorGraph restless_graph() {
    return random_grid({6, 6}, {.coupling = 4}, 2);
}

bool same_bits(double a, double b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
}

} // namespace

TEST_CASE("two runs give the same bits, of one solver and of two") {
    const FactorGraph graph = random_grid({7, 7}, {.states_min = 2, .states_max = 4}, 5);
    for (const MessageOrder schedule : kLoopy) {
        BeliefPropagation one(graph, {.schedule = schedule});
        BeliefPropagation two(graph, {.schedule = schedule});
        const PropagationOutcome first = one.run();
        const PropagationOutcome again = one.run();
        const PropagationOutcome other = two.run();
        CHECK(same_bits(*first.log_partition, *again.log_partition));
        CHECK(same_bits(*first.log_partition, *other.log_partition));
        CHECK(first.work.messages == again.work.messages);
        CHECK(largest_difference(one, two, graph.extents.size()) == 0);
    }
}

TEST_CASE("a run allocates nothing") {
    const FactorGraph loopy = random_grid({5, 5}, {.states_min = 2, .states_max = 4}, 5);
    const FactorGraph tree =
        random_tree({.variables = 30, .wide_share = 0.5}, {.states_min = 2, .states_max = 5}, 5);
    for (const Domain domain : {Domain::linear, Domain::logarithmic}) {
        for (const MessageOrder schedule : {MessageOrder::flooding,
                                            MessageOrder::sequential,
                                            MessageOrder::forward_backward,
                                            MessageOrder::residual}) {
            const bool two_pass = schedule == MessageOrder::forward_backward;
            const FactorGraph& graph = two_pass ? tree : loopy;
            BeliefPropagation solver(graph, {.schedule = schedule, .domain = domain});
            std::vector<double> belief(graph.factors.back().table.size());
            const std::uint64_t before = allocation_count();
            const PropagationOutcome outcome = solver.run([] { return false; });
            const bool there = solver.factor_marginal(graph.factors.size() - 1, belief);
            const std::uint64_t after = allocation_count();
            CHECK(after == before);
            CHECK(there);
            CHECK(outcome.ending == Ending::converged);
        }
    }
}

TEST_CASE("not converging is a result, with the beliefs as they stand") {
    const FactorGraph graph = restless_graph();
    for (const MessageOrder schedule : kLoopy) {
        CAPTURE(name(schedule));
        BeliefPropagation solver(graph, {.schedule = schedule, .sweeps_max = 10});
        const PropagationOutcome outcome = solver.run();
        CHECK(outcome.ending == Ending::sweeps_spent);
        CHECK(outcome.sweeps == 10);
        CHECK(outcome.largest_change >= 1e-9);
        CHECK(outcome.log_partition);
        CHECK(solver.marginal(0)[0] + solver.marginal(0)[1] == doctest::Approx(1));
    }
}

TEST_CASE("damping settles what runs in circles") {
    // Flooding on a strong ring of odd length whose messages alternate.
    FactorGraph graph{{2, 2, 2}, {{{0}, {0.9, 0.1}}}};
    for (std::size_t i = 0; i < 3; ++i) {
        graph.factors.push_back({{i, (i + 1) % 3}, {1e-4, 1, 1, 1e-4}});
    }
    const auto sweeps = [&](double damping) {
        BeliefPropagation solver(graph,
                                 {.schedule = MessageOrder::flooding,
                                  .damping = damping,
                                  .tolerance = 1e-9,
                                  .sweeps_max = 100'000});
        const PropagationOutcome outcome = solver.run();
        CHECK(outcome.ending == Ending::converged);
        return outcome.sweeps;
    };
    CHECK(sweeps(0.5) * 10 < sweeps(0));
}

TEST_CASE("no sweep is made when none is allowed, and the beliefs are those of uniform messages") {
    const FactorGraph graph = random_grid({2, 2}, {}, 1);
    for (const MessageOrder schedule : kLoopy) {
        BeliefPropagation solver(graph, {.schedule = schedule, .sweeps_max = 0});
        const PropagationOutcome outcome = solver.run();
        CHECK(outcome.ending == Ending::sweeps_spent);
        CHECK(outcome.work.messages == 0);
        CHECK(outcome.log_partition);
    }
}

TEST_CASE("cancellation is read before every sweep and ends the run without a result") {
    const FactorGraph graph = restless_graph();
    for (const MessageOrder schedule : kLoopy) {
        CAPTURE(name(schedule));
        BeliefPropagation solver(graph, {.schedule = schedule, .sweeps_max = 1000});
        std::uint64_t asked = 0;
        const PropagationOutcome outcome = solver.run([&] { return ++asked == 5; });
        CHECK(outcome.ending == Ending::cancelled);
        CHECK(asked == 5);
        CHECK(outcome.sweeps == 4);
        CHECK_FALSE(outcome.log_partition);
        CHECK(solver.marginal(0)[0] == 0);
    }
    const FactorGraph chain = random_chain(5, {}, 1);
    BeliefPropagation passes(chain, {.schedule = MessageOrder::forward_backward});
    std::uint64_t asked = 0;
    CHECK(passes.run([&] { return ++asked == 2; }).ending == Ending::cancelled);
    CHECK(passes.run().ending == Ending::converged);
}

TEST_CASE("work is counted as the schedule did it") {
    const FactorGraph grid = random_grid({3, 4}, {}, 1); // 17 pairs, 34 edges
    for (const MessageOrder schedule : {MessageOrder::flooding, MessageOrder::sequential}) {
        BeliefPropagation solver(grid, {.schedule = schedule});
        const PropagationOutcome outcome = solver.run();
        CHECK(outcome.work.messages == outcome.sweeps * 68);
        // Per edge: 2 x 2 for the sum, 3 x 2 for the products.
        CHECK(outcome.work.multiply_adds == outcome.sweeps * 34 * 10);
        CHECK(outcome.work.logarithms == 12 + 17); // ln Z alone
    }
    BeliefPropagation logs(grid, {.domain = Domain::logarithmic});
    const PropagationOutcome outcome = logs.run();
    CHECK(outcome.work.logarithms == outcome.sweeps * 34 * 3 + 12 + 17);
    BeliefPropagation residual(grid, {.schedule = MessageOrder::residual});
    const PropagationWork work = residual.run().work;
    CHECK(work.multiply_adds == work.messages / 2 * 10);
}

TEST_CASE("a graph without factors or without variables has the sums it should have") {
    BeliefPropagation none({}, {});
    CHECK(none.run().log_partition.value() == 0);
    BeliefPropagation free_variables({{2, 5}, {}}, {.schedule = MessageOrder::residual});
    const PropagationOutcome outcome = free_variables.run();
    CHECK(outcome.ending == Ending::converged);
    CHECK(outcome.log_partition.value() == doctest::Approx(std::log(10.0)));
    CHECK(free_variables.marginal(1)[3] == doctest::Approx(0.2));
}

TEST_CASE("a solver can be moved") {
    const FactorGraph graph = random_chain(5, {}, 1);
    BeliefPropagation first(graph, {});
    BeliefPropagation second = std::move(first);
    CHECK(second.run().ending == Ending::converged);
}
