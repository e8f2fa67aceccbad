#include "active_inference/belief_propagation/random_factor_graph.hpp"
#include "enumeration.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr MessageOrder kAnySchedules[] = {MessageOrder::flooding,
                                          MessageOrder::sequential,
                                          MessageOrder::forward_backward,
                                          MessageOrder::residual};

// Calls check(solver, outcome) for every schedule in both domains.
template <typename Check>
void for_each_way(const FactorGraph& graph, Check&& check) {
    for (const MessageOrder schedule : kAnySchedules) {
        for (const Domain domain : {Domain::linear, Domain::logarithmic}) {
            CAPTURE(name(schedule));
            BeliefPropagation solver(graph, {.schedule = schedule, .domain = domain});
            check(solver, solver.run());
        }
    }
}

void check_contradiction(const FactorGraph& graph) {
    for_each_way(graph, [&](BeliefPropagation& solver, const PropagationOutcome& outcome) {
        CHECK(outcome.ending == Ending::contradiction);
        REQUIRE(outcome.contradiction);
        CHECK(outcome.contradiction->variable < graph.extents.size());
        CHECK_FALSE(outcome.log_partition);
        for (std::size_t i = 0; i < graph.extents.size(); ++i) {
            for (const double probability : solver.marginal(i)) {
                CHECK(probability == 0);
            }
        }
        std::vector<double> belief(graph.factors.back().table.size());
        CHECK_FALSE(solver.factor_marginal(graph.factors.size() - 1, belief));
    });
}

} // namespace

TEST_CASE("factors that exclude each other are a contradiction and not a number") {
    const std::vector<double> equal{1, 0, 0, 1};
    const std::vector<double> different{0, 1, 1, 0};
    SUBCASE("a local factor of zeros") {
        check_contradiction({{2}, {{{0}, {0, 0}}}});
    }
    SUBCASE("two local factors") {
        check_contradiction({{2}, {{{0}, {1, 0}}, {{0}, {0, 1}}}});
    }
    SUBCASE("a table of zeros") {
        check_contradiction({{2, 2}, {{{0, 1}, {0, 0, 0, 0}}}});
    }
    SUBCASE("evidence at both ends of a chain of equals") {
        check_contradiction(
            {{2, 2, 2}, {{{0}, {1, 0}}, {{2}, {0, 1}}, {{0, 1}, equal}, {{1, 2}, equal}}});
    }
    SUBCASE("a factor of three") {
        check_contradiction(
            {{2, 2, 2},
             {{{0}, {1, 0}}, {{1}, {1, 0}}, {{2}, {0, 1}}, {{0, 1, 2}, {1, 0, 0, 1, 0, 1, 1, 0}}}});
    }
    SUBCASE("a variable of three states between three leaves") {
        check_contradiction({{3, 2, 2, 2},
                             {{{0, 1}, {0, 0, 1, 1, 1, 1}},
                              {{0, 2}, {1, 1, 0, 0, 1, 1}},
                              {{0, 3}, {1, 1, 1, 1, 0, 0}}}});
    }
    SUBCASE("the shortest chain") {
        check_contradiction({{2, 2}, {{{0}, {1, 0}}, {{1}, {1, 0}}, {{0, 1}, different}}});
    }
}

TEST_CASE("a contradiction names the variable and is described") {
    const FactorGraph graph{{2, 2, 2}, {{{1}, {0, 0}}, {{0, 1}, {1, 1, 1, 1}}}};
    BeliefPropagation solver(graph, {});
    const PropagationOutcome outcome = solver.run();
    REQUIRE(outcome.contradiction);
    CHECK(contradiction_text(*outcome.contradiction) ==
          "variable 1 has no possible state left in its message with factor 1: the factors exclude "
          "each other, look for zeros in their tables");
    CHECK(
        contradiction_text({2, Contradiction::kBelief}) ==
        "variable 2 has no possible state left: the factors exclude each other, look for zeros in "
        "their tables");
}

TEST_CASE("zeros that leave something possible are exact, with beliefs that sum to one") {
    FactorGraph graph{{2, 3, 2}, {}};
    graph.factors.push_back({{0, 1}, {0, 1, 0, 2, 0, 0}});
    graph.factors.push_back({{1, 2}, {0, 0, 5, 0, 0, 7}});
    const Enumeration exact = enumerate(graph);
    for_each_way(graph, [&](BeliefPropagation& solver, const PropagationOutcome& outcome) {
        const Difference found = difference(graph, solver, outcome, exact);
        CHECK(found.log_partition <= 1e-14);
        CHECK(found.marginals <= 1e-14);
        CHECK(found.factor_marginals <= 1e-14);
    });
}

TEST_CASE("a star of two thousand opposing leaves does not run out of the range of double") {
    FactorGraph graph{{2}, {{{0}, {0.25, 0.75}}}};
    for (std::size_t leaf = 1; leaf <= 2000; ++leaf) {
        graph.extents.push_back(2);
        const double strong = 1 - 1e-9;
        const double weak = 1e-9;
        const bool odd = leaf % 2 == 1;
        graph.factors.push_back({{leaf}, {odd ? strong : weak, odd ? weak : strong}});
        graph.factors.push_back({{0, leaf}, {1, 0, 0, 1}});
    }
    for_each_way(graph, [&](BeliefPropagation& solver, const PropagationOutcome& outcome) {
        CHECK(outcome.ending == Ending::converged);
        CHECK(solver.marginal(0)[0] == doctest::Approx(0.25).epsilon(1e-9));
        const double expected = 1000 * (std::log(1 - 1e-9) + std::log(1e-9));
        CHECK(outcome.log_partition.value() == doctest::Approx(expected).epsilon(1e-12));
    });
}

TEST_CASE("a thousand local factors on one variable are a product without underflow") {
    FactorGraph graph{{2}, {}};
    for (int k = 0; k < 1000; ++k) {
        graph.factors.push_back({{0}, {1e-3, 2e-3}});
        graph.factors.push_back({{0}, {2e3, 1e3}});
    }
    for_each_way(graph, [&](BeliefPropagation& solver, const PropagationOutcome& outcome) {
        // Two thousand sums of about 700 in size, each rounded.
        CHECK(solver.marginal(0)[0] == doctest::Approx(0.5).epsilon(1e-10));
        CHECK(outcome.log_partition.value() ==
              doctest::Approx(1000 * std::log(2.0) + std::log(2.0)).epsilon(1e-12));
    });
}

TEST_CASE("tables far from one are scaled and not lost") {
    FactorGraph graph{{2, 2}, {{{0}, {1e-300, 3e-300}}, {{0, 1}, {1e300, 2e300, 3e300, 4e300}}}};
    const double expected = std::log(1.0 * 3 + 3.0 * 7);
    for_each_way(graph, [&](BeliefPropagation&, const PropagationOutcome& outcome) {
        CHECK(outcome.log_partition.value() == doctest::Approx(expected).epsilon(1e-12));
    });
}
