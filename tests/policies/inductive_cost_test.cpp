#include "active_inference/policies/inductive_cost.hpp"
#include "active_inference/random_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace assay::active_inference;

namespace {

// A corridor of four states: action 0 stays, action 1 goes right, state 3 is its end.
FactoredModel corridor() {
    FactoredModel model;
    model.state_counts = {4};
    model.action_counts = {2};
    model.transition_factors = {{0}};
    model.transitions = {{{4, 4, 2}, std::vector<double>(32, 0.0)}};
    for (std::size_t state = 0; state < 4; ++state) {
        const std::size_t right = std::min<std::size_t>(state + 1, 3);
        model.transitions[0].data[(state * 4 + state) * 2] = 1;
        model.transitions[0].data[(right * 4 + state) * 2 + 1] = 1;
    }
    return model;
}

Beliefs certain(std::size_t state) {
    const std::size_t counts[] = {4};
    Beliefs q(counts);
    std::ranges::fill(q[0], 0.0);
    q[0][state] = 1;
    return q;
}

} // namespace

TEST_CASE("reach spreads from the goal along the transitions that are possible") {
    // I_i = b I_{i-1} with b[s', s]: from the goal to what may follow it.
    const InductiveGoals goals(corridor(), {{0, 1, 0, 0}}, {.threshold = 0.5, .depth = 3});
    CHECK(goals.reach(0).data == std::vector<double>{0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1});
}

TEST_CASE("only beliefs that are off the way cost") {
    const InductiveGoals goals(corridor(), {{0, 1, 0, 0}}, {.threshold = 0.5, .depth = 3});
    CHECK(goals.cost(certain(2), certain(1)) == 0);
    CHECK(goals.cost(certain(2), certain(3)) == std::log(1e-3));
    CHECK(goals.cost(certain(1), certain(1)) == 0);
}

TEST_CASE("a state that reaches no goal costs nothing") {
    const InductiveGoals goals(corridor(), {{0, 1, 0, 0}}, {.threshold = 0.5, .depth = 3});
    CHECK(goals.cost(certain(0), certain(3)) == 0);
    const InductiveGoals none(corridor(), {{0, 0, 0, 0}}, {.threshold = 0.5, .depth = 3});
    CHECK(none.cost(certain(1), certain(2)) == 0);
}

TEST_CASE("goals of a wrong length, depth 0 and dependent factors are refused by name") {
    const FactoredModel model = corridor();
    CHECK_THROWS_WITH_AS(
        InductiveGoals(model, {{1, 0}}, {}), doctest::Contains("goals[0]"), std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        InductiveGoals(model, {}, {}), doctest::Contains("goals[0]"), std::invalid_argument);
    CHECK_THROWS_WITH_AS(InductiveGoals(model, {{1, 0, 0, 0}}, {.depth = 0}),
                         doctest::Contains("depth: 0"),
                         std::invalid_argument);
    const FactoredModel dependent = random_model(
        {.state_counts = {2, 2}, .action_counts = {1, 1}, .transition_factors = {{0}, {0, 1}}}, 1);
    CHECK_THROWS_WITH_AS(InductiveGoals(dependent, {{1, 0}, {1, 0}}, {}),
                         doctest::Contains("factor 1"),
                         std::invalid_argument);
}
