// What is known of the equation in closed form, for every method.
#include "observables.hpp"
#include "solver_checks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace analytic_test {

using namespace cgl_test;
using Complex = std::complex<double>;

namespace {

constexpr Method kAll[] = {Method::strang, Method::etd2rk, Method::etdrk4, Method::ifrk4};

bool lies_within(const std::vector<double>& values, double least, double most) {
    return std::ranges::all_of(values,
                               [=](double value) { return value >= least && value <= most; });
}

} // namespace

TEST_CASE("a plane wave goes on as its dispersion says") {
    CHECK(plane_wave_error(advance_by(Method::etdrk4), 1000) <= 1e-9);
    CHECK(plane_wave_error(advance_by(Method::ifrk4), 1000) <= 1e-7);
    CHECK(plane_wave_error(advance_by(Method::strang), 1000) <= 3e-5);
    CHECK(plane_wave_error(advance_by(Method::etd2rk), 1000) <= 1e-4);
}

TEST_CASE("errors fall by the order of the method") {
    const std::vector<double> strang = errors_of_halving(advance_by(Method::strang));
    const std::vector<double> etdrk4 = errors_of_halving(advance_by(Method::etdrk4));
    const std::vector<double> expected_strang{2.979e-3, 7.484e-4, 1.873e-4, 4.685e-5, 1.171e-5};
    const std::vector<double> expected_etdrk4{1.187e-5, 6.720e-7, 3.997e-8, 2.437e-9, 1.505e-10};
    for (std::size_t i = 0; i < strang.size(); ++i) {
        CHECK(strang[i] == doctest::Approx(expected_strang[i]).epsilon(2e-3));
        CHECK(etdrk4[i] == doctest::Approx(expected_etdrk4[i]).epsilon(2e-2));
    }
    CHECK(lies_within(orders_of(strang), 1.9, 2.1));
    CHECK(lies_within(orders_of(etdrk4), 3.85, 4.25));
    CHECK(lies_within(orders_of(errors_of_halving(advance_by(Method::etd2rk))), 1.8, 2.2));
    CHECK(lies_within(orders_of(errors_of_halving(advance_by(Method::ifrk4))), 3.7, 4.4));
}

TEST_CASE("on twice the points a smooth field is the same to the last digits") {
    const Equation equation{.c1 = 1, .c2 = -0.5};
    const Advance advance = advance_by(Method::etdrk4);
    std::vector<double> errors;
    for (const std::size_t n : {8U, 16U, 32U}) {
        const Grid coarse{.n = n, .length = 20}, fine{.n = 2 * n, .length = 20};
        const ComplexField few =
            advance(coarse, equation, 0.01, 20, initial_field(InitialField::smooth, coarse, 0));
        const ComplexField many =
            advance(fine, equation, 0.01, 20, initial_field(InitialField::smooth, fine, 0));
        double largest = 0;
        for (std::size_t i = 0; i < few.size(); ++i) {
            const std::size_t row = i / n, column = i % n;
            largest = std::max(largest, std::abs(few[i] - many[2 * row * 2 * n + 2 * column]));
        }
        errors.push_back(largest);
    }
    CHECK(errors[1] < errors[0] / 100);
    CHECK(errors[2] < errors[1] / 1000); // no power of n falls so fast
}

TEST_CASE(
    "small waves on the uniform solution grow where 1 + c1 c2 < 0, and as fast as they should") {
    struct Known {
        double c1, c2, rate;
    };

    for (const Known& known : {Known{2, -1.5, 0.147583},
                               Known{0.8, -1.5, 0.010644},
                               Known{0.8, 1.5, -0.228699},
                               Known{2, 1.5, -0.491358}}) {
        CAPTURE(known.c1);
        CAPTURE(known.c2);
        const double k = 2 * std::numbers::pi * 2 / 40;
        const double formula = growth_rate(k, {.c1 = known.c1, .c2 = known.c2});
        CHECK(std::abs(formula - known.rate) <= 1e-6);
        CHECK(std::abs(measured_growth(advance_by(Method::etdrk4), known.c1, known.c2) -
                       known.rate) <= 5e-6);
        CHECK((known.rate > 0) == (1 + known.c1 * known.c2 < 0));
    }
}

TEST_CASE("the norm changes by what the terms put in and take out") {
    for (const Method method : kAll) {
        CAPTURE(name_of(method));
        CHECK(balance_gap(advance_by(method), norm_change) < 1e-6);
    }
}

TEST_CASE("for equal coefficients the free energy never rises") {
    const Grid grid{.n = 32, .length = 40};
    const Equation equation{};
    ComplexField field = initial_field(InitialField::noise, grid, 7);
    double before = free_energy(field, grid);
    for (int i = 0; i < 40; ++i) {
        field = advance_by(Method::etdrk4)(grid, equation, 0.05, 10, field);
        const double now = free_energy(field, grid);
        CHECK(now <= before + 1e-12);
        before = now;
    }
    CHECK(before < -0.4); // -1/2 is the uniform state's
}

TEST_CASE("a uniform field grows to one and turns by c2") {
    const Grid grid{.n = 8, .length = 10};
    const Equation equation{.c1 = 0.8, .c2 = 1.5};
    const ComplexField begin(grid.points(), Complex(0.3, 0));
    for (const Method method : kAll) {
        CAPTURE(name_of(method));
        const ComplexField end = advance_by(method)(grid, equation, 0.002, 1000, begin);
        const double norm = 1 / (1 + (1 / 0.09 - 1) * std::exp(-4.0));
        CHECK(std::norm(end.front()) == doctest::Approx(norm).epsilon(1e-5));
        const ComplexField later =
            advance_by(method)(grid, equation, 0.01, 100, ComplexField(grid.points(), 1.0));
        CHECK(std::abs(later.back() - std::polar(1.0, -equation.c2)) < 2e-4);
    }
}

TEST_CASE("without gain, loss and diffusion the norm stays, and the way back leads to the start") {
    const Grid grid{.n = 64, .length = 20};
    const Equation nls{.epsilon = 0, .d = 0, .g = 0, .c1 = 1, .c2 = 1};
    const ComplexField begin = initial_field(InitialField::smooth, grid, 0);
    const Advance strang = advance_by(Method::strang);
    const ComplexField there = strang(grid, nls, 0.01, 1000, begin);
    CHECK(std::abs(field_means(there).norm / field_means(begin).norm - 1) <= 1e-12);
    CHECK(largest_difference(strang(grid, nls, -0.01, 1000, there), begin) <= 1e-11);
}

TEST_CASE("a constant forcing is added, whatever the method") {
    CHECK(forced_error(advance_by(Method::etdrk4)) < 1e-8);
    CHECK(forced_error(advance_by(Method::ifrk4)) < 1e-7);
    CHECK(forced_error(advance_by(Method::strang)) < 1e-4);
    CHECK(forced_error(advance_by(Method::etd2rk)) < 1e-4);
}

} // namespace analytic_test
