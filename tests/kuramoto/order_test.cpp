// Observables say what they are named after.
#include "drawn_problems.hpp"
#include "kuramoto/order.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace order_test {

using namespace kuramoto_test;

TEST_CASE("order is one in phase and zero evenly round the circle") {
    CHECK(order_of(std::vector<double>(7, 2.5)).r == doctest::Approx(1));
    CHECK(order_of(std::vector<double>(7, 2.5)).psi == doctest::Approx(2.5));
    std::vector<double> splay(12);
    for (std::size_t i = 0; i < 12; ++i) {
        splay[i] = 2 * std::numbers::pi * double(i) / 12;
    }
    CHECK(order_of(splay).r < 1e-15);
    CHECK(order_of(std::vector<double>{0, std::numbers::pi / 2}).r ==
          doctest::Approx(std::sqrt(0.5)));
}

TEST_CASE("locked are those at the median frequency") {
    const std::vector<double> frequencies{1, 1.0004, 0.9996, 1.5, 0.2};
    CHECK(locked_share(frequencies) == doctest::Approx(0.6));
    CHECK(locked_share(std::vector<double>{3, 3, 3}) == 1);
    CHECK(frequency_spread(std::vector<double>{1, 3}) == doctest::Approx(1));
    CHECK(frequency_spread(std::vector<double>{2, 2, 2}) == 0);
    const auto measured =
        effective_frequencies(std::vector<double>{0, 1}, std::vector<double>{4, 1}, 2);
    CHECK(measured == std::vector<double>{2, 0});
}

TEST_CASE("phases are wrapped for show into one turn") {
    const double pi = std::numbers::pi;
    CHECK(wrapped(0.5) == 0.5);
    CHECK(wrapped(pi) == doctest::Approx(-pi));
    CHECK(wrapped(7 * pi + 0.25) == doctest::Approx(0.25 - pi));
    CHECK(wrapped(-5 * pi / 2) == doctest::Approx(-pi / 2));
}

TEST_CASE("identical oscillators reach an order at the time that is known") {
    // r of identical oscillators on the manifold: dr/dt = K r (1 - r^2) / 2
    const std::size_t n = 4000;
    std::vector<double> start(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double u = (double(i) + 0.5) / double(n) - 0.5;
        start[i] = 2 * std::atan((1 - 0.2) / (1 + 0.2) * std::tan(std::numbers::pi * u));
    }
    Rk4 solver({std::vector<double>(n, 0.0), MeanField{1}}, start, 0.01);
    const auto logit = [](double r) { return std::log(r * r / (1 - r * r)); };
    const auto reached = time_to_order(solver, {.order = 0.9, .longest = 20});
    REQUIRE(reached);
    CHECK(*reached == doctest::Approx(logit(0.9) - logit(0.2)).epsilon(1e-4));
}

TEST_CASE("an order that is never reached has no time") {
    Rk4 solver({{-5, 5}, MeanField{0.1}}, {0, 2}, 0.01);
    solver.restart(std::vector<double>{0, 3.1});
    CHECK_FALSE(time_to_order(solver, {.order = 1.5, .longest = 3}).has_value());
}

} // namespace order_test
