// Many oscillators follow what is known of infinitely many.
#include "drawn_problems.hpp"
#include "kuramoto/known_solutions.hpp"
#include "kuramoto/order.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace field_test {

using namespace kuramoto_test;

namespace {

constexpr std::size_t kMany = 20'000;
constexpr double kStrength = 2, kHalfWidth = 0.5, kStart = 0.1;

Rk4 lorentzian_solver(double dt) {
    return {{lorentzian_frequencies(kMany, kHalfWidth), MeanField{kStrength}},
            ott_antonsen_start(kMany, kStart),
            dt};
}

double settled_order(const std::vector<double>& omega, double strength) {
    Rk4 solver({omega, MeanField{strength}}, drawn(omega.size(), 41, 1.5), 0.05);
    solver.steps(1200);
    return mean_order(solver, 400);
}

} // namespace

TEST_CASE("a Lorentzian of frequencies ends at the order that is known") {
    Rk4 solver = lorentzian_solver(0.02);
    solver.steps(1000);
    CHECK(lorentzian_order(kStrength, kHalfWidth) == doctest::Approx(0.70710678));
    CHECK(std::abs(order_of(solver.phases()).r - 0.7071) < 2e-3);
}

TEST_CASE("the order follows the trajectory of Ott and Antonsen for twenty seconds") {
    Rk4 solver = lorentzian_solver(0.005);
    double most = 0;
    for (int second = 0; second < 80; ++second) {
        const double known = ott_antonsen_order(solver.time(), {kStrength, kHalfWidth, kStart});
        most = std::fmax(most, std::abs(order_of(solver.phases()).r - known));
        solver.steps(50);
    }
    CAPTURE(most);
    CHECK(solver.time() == doctest::Approx(20));
    CHECK(most <= 3e-3);
}

TEST_CASE("critical strengths are those of the densities") {
    const double pi = std::numbers::pi;
    CHECK(critical_strength(1 / std::sqrt(2 * pi)) == doctest::Approx(1.5958).epsilon(1e-4));
    CHECK(critical_strength(1 / (pi * 0.5)) == doctest::Approx(1.0));
    CHECK(critical_strength(1 / (2 * 0.8)) == doctest::Approx(4 * 0.8 / pi));
}

TEST_CASE("below the critical strength order stays small and above it grows") {
    const auto gaussian = gaussian_frequencies(2000, 1);
    CHECK(settled_order(gaussian, 0.8) < 3 / std::sqrt(2000.0));
    CHECK(settled_order(gaussian, 1.45) < 0.12);
    CHECK(settled_order(gaussian, 2.2) > 0.6);
}

TEST_CASE("uniform frequencies jump to an order of a quarter of pi") {
    const auto uniform = uniform_frequencies(2000, 1);
    const double critical = critical_strength(0.5);
    CHECK(settled_order(uniform, 0.9 * critical) < 0.1);
    const double above = settled_order(uniform, 1.005 * critical);
    CHECK(above > std::numbers::pi / 4 - 0.01);
    CHECK(above < 0.9);
}

} // namespace field_test
