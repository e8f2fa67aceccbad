#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "joint_chain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace joint_chain_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

namespace {

// Two factors of 3 and 2 states, the second of which depends on both; two steps are observed, a
// third one is planned.
WindowProblem window() {
    WindowProblem problem;
    problem.model = ai::random_model({.state_counts = {3, 2},
                                      .action_counts = {2, 2},
                                      .outcome_counts = {4, 2},
                                      .transition_factors = {{0}, {1, 0}},
                                      .likelihood_factors = {{0, 1}, {1}}},
                                     5);
    problem.prior = ai::prior_beliefs(problem.model);
    problem.prior[1][0] = 0.875;
    problem.prior[1][1] = 0.125;
    problem.lengths = {.observed = 2, .horizon = 1};
    problem.window = {{.index = 2}, {.index = 0}, {.index = 1}, {.index = 1}};
    problem.taken = {1, 0};
    problem.planned = {0, 1};
    return problem;
}

// By its number: joint states with the first factor slowest.
struct State {
    std::size_t a, b;
};

State state_of(std::size_t joint) {
    return {joint / 2, joint % 2};
}

double seen(const WindowProblem& problem, std::size_t step, State s) {
    const auto& a = problem.model.likelihoods;
    const std::size_t first = problem.window[step * 2].index;
    const std::size_t second = problem.window[step * 2 + 1].index;
    return a[0].data[first * 6 + s.a * 2 + s.b] * a[1].data[second * 2 + s.b];
}

double moved(const WindowProblem& problem, const std::vector<std::size_t>& u, State s, State to) {
    const auto& b = problem.model.transitions;
    return b[0].data[(to.a * 3 + s.a) * 2 + u[0]] *
           b[1].data[((to.b * 2 + s.b) * 3 + s.a) * 2 + u[1]];
}

} // namespace

TEST_CASE("exact beliefs over time are those of all paths gone through one by one") {
    const WindowProblem problem = window();
    double evidence = 0;
    std::vector<ai::Beliefs> sums(3, problem.prior);
    for (ai::Beliefs& q : sums) {
        std::ranges::fill(q.values(), 0.0);
    }
    for (std::size_t path = 0; path < 6 * 6 * 6; ++path) {
        const State s[] = {state_of(path / 36), state_of(path / 6 % 6), state_of(path % 6)};
        const double p = std::as_const(problem.prior)[0][s[0].a] *
                         std::as_const(problem.prior)[1][s[0].b] * seen(problem, 0, s[0]) *
                         moved(problem, problem.taken, s[0], s[1]) * seen(problem, 1, s[1]) *
                         moved(problem, problem.planned, s[1], s[2]);
        evidence += p;
        for (std::size_t step = 0; step < 3; ++step) {
            sums[step][0][s[step].a] += p;
            sums[step][1][s[step].b] += p;
        }
    }
    const auto exact = exact_trajectory(problem);
    REQUIRE(exact);
    REQUIRE(exact->trajectory.size() == 3);
    CHECK(exact->log_evidence == doctest::Approx(std::log(evidence)).epsilon(1e-12));
    for (std::size_t step = 0; step < 3; ++step) {
        for (std::size_t at = 0; at < 5; ++at) {
            CHECK(exact->trajectory[step].values()[at] ==
                  doctest::Approx(sums[step].values()[at] / evidence).epsilon(1e-12));
        }
    }
}

TEST_CASE("a window of one step and joint states beyond memory") {
    WindowProblem one = window();
    one.lengths = {.observed = 1, .horizon = 0};
    one.window.resize(2);
    one.taken.clear();
    one.planned.clear();
    const auto exact = exact_trajectory(one);
    REQUIRE(exact);
    CHECK(exact->trajectory.size() == 1);
    WindowProblem large;
    large.model = ai::random_model({.state_counts = {60, 60},
                                    .action_counts = {1, 1},
                                    .outcome_counts = {2},
                                    .likelihood_factors = {{0}}},
                                   1);
    large.prior = ai::prior_beliefs(large.model);
    large.window = {{.index = 0}};
    CHECK_FALSE(exact_trajectory(large)); // 3600^2 transitions
}

} // namespace joint_chain_test
