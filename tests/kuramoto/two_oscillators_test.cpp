// Two oscillators can be solved by hand.
#include "drawn_problems.hpp"
#include "kuramoto/dopri5.hpp"
#include "kuramoto/known_solutions.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace two_oscillators_test {

using namespace kuramoto_test;

namespace {

Problem pair_of(double difference, double strength) {
    return {{-difference / 2, difference / 2}, MeanField{strength}};
}

double apart(std::span<const double> phases) {
    return phases[1] - phases[0];
}

// The time of a whole turn of the difference, by the line between two steps.
double measured_period(double difference, double strength) {
    Rk4 solver(pair_of(difference, strength), {0, 0}, 1e-3);
    for (;;) {
        const double before = apart(solver.phases());
        const double t = solver.time();
        solver.step();
        const double after = apart(solver.phases());
        if (after >= 2 * std::numbers::pi) {
            return t + 1e-3 * (2 * std::numbers::pi - before) / (after - before);
        }
    }
}

} // namespace

TEST_CASE("two oscillators lock at the arc sine of difference over strength to nine digits") {
    for (const double difference : {0.3, -0.5, 0.8}) {
        Rk4 solver(pair_of(difference, 1), {0.1, -0.2}, 0.01);
        solver.steps(10'000);
        CHECK(std::abs(apart(solver.phases()) - locking_angle(difference, 1)) < 1e-9);
        Dopri5 adaptive(pair_of(difference, 1), {0.1, -0.2}, {.tolerance = 1e-11});
        adaptive.advance_to(100);
        CHECK(std::abs(apart(adaptive.phases()) - locking_angle(difference, 1)) < 1e-9);
    }
}

TEST_CASE("two oscillators too far apart beat with the known period") {
    CHECK(beat_period(1.5, 1) == doctest::Approx(5.619852).epsilon(1e-7));
    CHECK(std::abs(measured_period(1.5, 1) - 5.619852) < 2e-6);
    CHECK(std::abs(measured_period(3, 2.5) - beat_period(3, 2.5)) < 2e-6);
}

TEST_CASE("two oscillators lock just below the strength and drift just above") {
    const auto turns_within = [](double difference, double seconds) {
        Rk4 solver(pair_of(difference, 1), {0, 0}, 0.01);
        solver.steps(static_cast<std::uint64_t>(seconds * 100));
        return std::abs(apart(solver.phases())) > 2 * std::numbers::pi;
    };
    CHECK_FALSE(turns_within(0.99, 200));
    CHECK(turns_within(1.01, 200));
}

} // namespace two_oscillators_test
