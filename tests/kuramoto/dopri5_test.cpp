// The adaptive method keeps its tolerance and says where it cannot.
#include "drawn_problems.hpp"
#include "kuramoto/dopri5.hpp"
#include "kuramoto/number_text.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace dopri5_test {

using namespace kuramoto_test;

namespace {

std::vector<double> adaptive_end(double tolerance, double seconds) {
    Dopri5 solver({drawn(30, 51), MeanField{1.4}}, drawn_phases(30, 52), {.tolerance = tolerance});
    solver.advance_to(seconds);
    CHECK(solver.time() == seconds);
    return {solver.phases().begin(), solver.phases().end()};
}

std::vector<double> fixed_end(double dt, double seconds) {
    Rk4 solver({drawn(30, 51), MeanField{1.4}}, drawn_phases(30, 52), dt);
    solver.steps(static_cast<std::uint64_t>(std::lround(seconds / dt)));
    return {solver.phases().begin(), solver.phases().end()};
}

} // namespace

TEST_CASE("the adaptive method comes to where small fixed steps come") {
    const auto reference = fixed_end(1e-3, 5);
    CHECK(largest_difference(adaptive_end(1e-8, 5), reference) < 1e-6);
    CHECK(largest_difference(adaptive_end(1e-11, 5), reference) < 1e-9);
}

TEST_CASE("a smaller tolerance takes more stages and is nearer") {
    const auto reference = fixed_end(1e-3, 5);
    CHECK(largest_difference(adaptive_end(1e-4, 5), reference) >
          10 * largest_difference(adaptive_end(1e-8, 5), reference));
    const auto stages = [](double tolerance) {
        Dopri5 solver(
            {drawn(30, 51), MeanField{1.4}}, drawn_phases(30, 52), {.tolerance = tolerance});
        solver.advance_to(5);
        return solver.stages();
    };
    CHECK(stages(1e-10) > 2 * stages(1e-5));
}

TEST_CASE("the result of order five is that: halving steps divides the error by thirty-two") {
    const auto reference = fixed_end(1e-3, 2);
    const auto with_steps = [](double dt) {
        Dopri5 solver({drawn(30, 51), MeanField{1.4}},
                      drawn_phases(30, 52),
                      {.tolerance = 1e6, .first_step = dt, .longest_step = dt});
        solver.advance_to(2);
        return std::vector<double>(solver.phases().begin(), solver.phases().end());
    };
    const double order = std::log2(largest_difference(with_steps(0.2), reference) /
                                   largest_difference(with_steps(0.1), reference));
    CAPTURE(order);
    CHECK(order > 4.7);
}

TEST_CASE("a tolerance that no step can keep is an error with the time it came to") {
    Dopri5 solver({drawn(20, 53, 1e30), MeanField{1}}, drawn_phases(20, 54), {.tolerance = 1e-8});
    try {
        solver.advance_to(1);
        FAIL("it went on");
    } catch (const StepUnderflow& underflow) {
        CHECK(underflow.time() == solver.time());
        CHECK(underflow.time() < 1);
        const std::string expected = " at t = " + number_text(solver.time()) + " s";
        CHECK(std::string(underflow.what()).find(expected) != std::string::npos);
    }
}

TEST_CASE("a restart repeats the first run bit for bit") {
    const auto start = drawn_phases(30, 52);
    Dopri5 solver({drawn(30, 51), MeanField{1.4}}, start, {.tolerance = 1e-7});
    for (int i = 0; i < 20; ++i) {
        solver.step();
    }
    const std::vector<double> first(solver.phases().begin(), solver.phases().end());
    const double time = solver.time();
    solver.restart(start);
    for (int i = 0; i < 20; ++i) {
        solver.step();
    }
    CHECK(largest_difference(solver.phases(), first) == 0);
    CHECK(solver.time() == time);
}

TEST_CASE("tolerances and steps that make no sense are refused") {
    const Problem problem{{1, 2}, MeanField{1}};
    CHECK_THROWS_WITH(Dopri5(problem, {0, 0}, {.tolerance = 0}),
                      "rtol is 0: expected a finite number above 0");
    CHECK_THROWS_AS(Dopri5(problem, {0, 0}, {.tolerance = 1e-8, .first_step = -1}),
                    std::invalid_argument);
    CHECK_THROWS_AS(Dopri5(problem, {0, 0, 0}, {}), std::invalid_argument);
}

} // namespace dopri5_test
