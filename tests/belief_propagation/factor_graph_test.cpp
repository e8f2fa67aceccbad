#include "active_inference/belief_propagation/belief_propagation.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

using namespace assay::active_inference;

namespace {

FactorGraph pair_graph() {
    return {{2, 3}, {{{0}, {0.4, 0.6}}, {{0, 1}, {1, 2, 3, 4, 5, 6}}}};
}

std::string path_of(const FactorGraph& graph) {
    const auto fault = first_fault(graph);
    return fault ? fault->path : "none";
}

std::string message_of(const FactorGraph& graph) {
    const auto fault = first_fault(graph);
    return fault ? fault->message : "none";
}

} // namespace

TEST_CASE("a graph without fault is accepted, an empty one too") {
    CHECK(path_of(pair_graph()) == "none");
    CHECK(path_of({}) == "none");
}

TEST_CASE("a variable without states is refused by its place") {
    FactorGraph graph = pair_graph();
    graph.extents[1] = 0;
    CHECK(path_of(graph) == "extents[1]");
}

TEST_CASE("a factor without variables, with an unknown or a repeated one is refused") {
    FactorGraph graph = pair_graph();
    graph.factors[1].variables = {0, 2};
    CHECK(path_of(graph) == "factors[1].variables[1]");
    CHECK(message_of(graph) ==
          "factors[1].variables[1]: names variable 2, expected a number below 2");
    graph.factors[1].variables = {1, 1};
    CHECK(path_of(graph) == "factors[1].variables[1]");
    graph.factors[1].variables = {};
    CHECK(path_of(graph) == "factors[1].variables");
}

TEST_CASE("a table of the wrong size is refused with both sizes") {
    FactorGraph graph = pair_graph();
    graph.factors[1].table.pop_back();
    CHECK(message_of(graph) == "factors[1].table: has 5 entries, expected 6, the product of its "
                               "variables' extents");
}

TEST_CASE("an entry that is negative, infinite or not a number is refused by its place") {
    for (const double bad : {-1e-300,
                             std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()}) {
        FactorGraph graph = pair_graph();
        graph.factors[1].table[4] = bad;
        CHECK(path_of(graph) == "factors[1].table[4]");
    }
}

TEST_CASE("extents whose product cannot be stored are refused, not multiplied into overflow") {
    FactorGraph graph{{std::size_t{1} << 30, std::size_t{1} << 30, std::size_t{1} << 30},
                      {{{0, 1, 2}, {1}}}};
    CHECK(path_of(graph) == "factors[0].table");
    graph.extents[0] = std::numeric_limits<std::size_t>::max();
    CHECK(path_of(graph) == "extents[0]");
}

TEST_CASE("a solver throws the message of the first fault") {
    FactorGraph graph = pair_graph();
    graph.factors[0].table[1] = -2;
    CHECK_THROWS_WITH_AS(
        BeliefPropagation(graph, {}),
        "factors[0].table[1]: is -2, expected a finite number that is not negative",
        std::invalid_argument);
}

TEST_CASE("options out of range are refused by name") {
    const auto path = [](PropagationOptions options) {
        const auto fault = first_fault(options);
        return fault ? fault->path : "none";
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(path({}) == "none");
    CHECK(path({.damping = 1}) == "damping");
    CHECK(path({.damping = -0.1}) == "damping");
    CHECK(path({.damping = nan}) == "damping");
    CHECK(path({.schedule = MessageOrder::forward_backward, .damping = 0.5}) == "damping");
    CHECK(path({.tolerance = 0}) == "tolerance");
    CHECK(path({.tolerance = nan}) == "tolerance");
    CHECK_THROWS_AS(BeliefPropagation(pair_graph(), {.damping = 1}), std::invalid_argument);
}

TEST_CASE("forward_backward refuses a graph with a loop and says what to use") {
    FactorGraph loop{{2, 2, 2}, {}};
    for (std::size_t i = 0; i < 3; ++i) {
        loop.factors.push_back({{i, (i + 1) % 3}, {1, 2, 3, 4}});
    }
    FactorGraph twice{{2, 2}, {{{0, 1}, {1, 2, 3, 4}}, {{1, 0}, {1, 2, 3, 4}}}};
    FactorGraph wide{{2, 2, 2}, {{{0, 1, 2}, std::vector<double>(8, 1)}, {{0, 2}, {1, 2, 3, 4}}}};
    for (const FactorGraph& graph : {loop, twice, wide}) {
        CHECK_THROWS_WITH_AS(BeliefPropagation(graph, {.schedule = MessageOrder::forward_backward}),
                             "schedule: forward_backward needs a graph without loops, this one has "
                             "one; use sequential, residual or flooding",
                             std::invalid_argument);
    }
}
