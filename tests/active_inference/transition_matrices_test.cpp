#include "active_inference/random_model.hpp"
#include "active_inference/transition_matrices.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace assay::active_inference;

TEST_CASE("the matrix of an action is that slice of the tensor") {
    const FactoredModel model = random_model({.state_counts = {3, 5}, .action_counts = {2, 4}}, 9);
    const TransitionMatrices matrices(model);
    CHECK(matrices.factor_count() == 2);
    CHECK(matrices.states(1) == 5);
    CHECK(matrices.actions(1) == 4);
    CHECK(matrices.states_max() == 5);
    CHECK(matrices.bytes() == (9 * 2 + 25 * 4) * sizeof(double));
    for (std::size_t next = 0; next < 5; ++next) {
        for (std::size_t now = 0; now < 5; ++now) {
            for (std::size_t action = 0; action < 4; ++action) {
                CHECK(matrices.matrix(1, action)[next * 5 + now] ==
                      model.transitions[1].data[(next * 5 + now) * 4 + action]);
            }
        }
    }
}

TEST_CASE("a factor with another parent is refused by its number") {
    const FactoredModel model = random_model(
        {.state_counts = {2, 2}, .action_counts = {1, 1}, .transition_factors = {{0}, {0}}}, 1);
    CHECK_THROWS_WITH_AS(
        TransitionMatrices{model},
        "transition_factors[1]: k-step products need a factor that depends on itself alone",
        std::invalid_argument);
}
