// What is refused, and what blows up.
#include "exponential_factors.hpp"
#include "mode_passes.hpp"
#include "observables.hpp"
#include "pointwise.hpp"
#include "solver.hpp"
#include "solver_checks.hpp"

#include <assay/errors.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace parameters_test {

using namespace cgl_test;
using Complex = std::complex<double>;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class Body>
std::string refused(Body body) {
    try {
        body();
    } catch (const assay::config_error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE(
    "grids that are too small, odd or of large primes, and boxes without a length are refused") {
    for (const std::size_t n : {0U, 2U, 6U, 9U, 22U, 26U, 2U * 37U}) {
        CAPTURE(n);
        CHECK(refused([n] { check(Grid{.n = n, .length = 10}); }).find(std::to_string(n)) !=
              std::string::npos);
    }
    for (const std::size_t n : {8U, 10U, 12U, 14U, 60U, 210U, 1024U}) {
        CHECK(refused([n] { check(Grid{.n = n, .length = 10}); }).empty());
    }
    for (const double length : {0.0, -1.0, kNaN, kInfinity}) {
        CHECK_FALSE(refused([length] { check(Grid{.n = 8, .length = length}); }).empty());
    }
}

TEST_CASE("parameters that are no numbers, a step of nothing and an unknown word are refused") {
    const Grid grid{.n = 8, .length = 10};
    CHECK_FALSE(refused([&] { check(Equation{.c1 = kNaN}, grid); }).empty());
    CHECK_FALSE(refused([&] { check(Equation{.epsilon = kInfinity}, grid); }).empty());
    CHECK_FALSE(refused([&] { check(Equation{.d = -1}, grid); }).empty());
    CHECK_FALSE(refused([&] { check(Equation{.forcing = {1.0}}, grid); }).empty());
    CHECK_FALSE(refused([&] {
                    check(Equation{.forcing = ComplexField(64, Complex(kNaN, 0))}, grid);
                }).empty());
    for (const double dt : {0.0, kNaN, kInfinity}) {
        CHECK_FALSE(refused([dt] { check(Stepping{.dt = dt}); }).empty());
    }
    CHECK(refused([] { (void)method_from("euler"); }).find("etdrk4") != std::string::npos);
    CHECK(refused([] { (void)dealias_from("all"); }).find("two_thirds") != std::string::npos);
    CHECK(refused([] { (void)initial_field_from("hexagon"); }).find("spiral") != std::string::npos);
    CHECK_FALSE(refused([&] { (void)plane_wave(grid, {}, 4, 0); }).empty());
    Solver<double> solver(grid, {}, {}, {.effort = PlanEffort::estimate});
    CHECK_FALSE(refused([&] { solver.set_field(ComplexField(3)); }).empty());
}

TEST_CASE("a field that blows up fails with the number of steps") {
    const Grid grid{.n = 8, .length = 10};
    const Equation growing{.g = -1};
    for (const Method method : {Method::strang, Method::etd2rk, Method::etdrk4, Method::ifrk4}) {
        CAPTURE(name_of(method));
        Solver<double> solver(
            grid, growing, {.method = method, .dt = 0.1}, {.effort = PlanEffort::estimate});
        solver.set_field(ComplexField(grid.points(), 1.0));
        std::string text;
        try {
            solver.advance(200);
        } catch (const assay::failure& failure) {
            text = failure.what();
        }
        CHECK(text.find("200 steps") != std::string::npos);
    }
}

TEST_CASE("single precision follows double to its digits") {
    const Grid grid{.n = 32, .length = 20};
    const Equation equation{.c1 = 1, .c2 = -0.5};
    for (const Method method : {Method::strang, Method::etd2rk, Method::etdrk4, Method::ifrk4}) {
        CAPTURE(name_of(method));
        Solver<float> solver(
            grid, equation, {.method = method, .dt = 0.02}, {.effort = PlanEffort::estimate});
        const ComplexField begin = initial_field(InitialField::smooth, grid, 0);
        solver.set_field(begin);
        solver.advance(20);
        ComplexField end(grid.points());
        solver.read_field(end);
        CHECK(largest_difference(end, advance_by(method)(grid, equation, 0.02, 20, begin)) < 2e-5);
    }
}

TEST_CASE("the passes over modes are their formulas, on every level and for rows of any length") {
    for (const auto& [n, width] :
         {std::pair{8U, 8U}, {10U, 2U}, {14U, 14U}, {12U, 6U}, {64U, 16U}}) {
        CAPTURE(n);
        const Grid grid{.n = n, .length = 10};
        const auto drawn = [&grid](std::uint64_t seed) {
            return initial_field(InitialField::noise, grid, seed);
        };
        const ComplexField v = drawn(1), x = drawn(2), y = drawn(3), z = drawn(4), e = drawn(5),
                           q = drawn(6), f2 = drawn(7), f3 = drawn(8);
        for (const ModePasses<double>* passes :
             {&mode_passes<double>(), &v1::mode_passes_of_level<double>()}) {
            ComplexField scaled = v, two = x, corrected = v, third = z, also = y, last = v;
            passes->scale(scaled.data(), n, width, e.data(), f2.data());
            passes->two_terms(two.data(), n, width, two.data(), e.data(), y.data(), q.data());
            passes->correct(corrected.data(), n, width, v.data(), x.data(), y.data(), q.data());
            passes->third_stage(
                third.data(), n, width, v.data(), x.data(), e.data(), q.data(), also.data());
            passes->last_stage(last.data(),
                               n,
                               width,
                               e.data(),
                               x.data(),
                               q.data(),
                               y.data(),
                               f2.data(),
                               z.data(),
                               f3.data());
            double largest = 0;
            for (std::size_t at = 0; at < n * width; ++at) {
                const std::size_t i = at / width, j = at % width;
                const std::size_t half = std::min(i, n - i) * width + j;
                const Complex h = e[half];
                for (const Complex& off :
                     {scaled[at] - v[at] * e[i] * f2[j],
                      two[at] - (h * x[at] + q[half] * y[at]),
                      corrected[at] - (v[at] + q[half] * (x[at] - y[at])),
                      also[at] - (y[at] + z[at]),
                      third[at] - (h * h * v[at] + q[half] * ((h - 1.0) * x[at] + 2.0 * z[at])),
                      last[at] - (h * h * v[at] + q[half] * x[at] + f2[half] * y[at] +
                                  f3[half] * z[at])}) {
                    largest = std::max(largest, std::abs(off));
                }
            }
            CHECK(largest < 1e-16);
        }
    }
}

TEST_CASE("every level of the processor makes the same passes") {
    const PointwisePasses<double>& here = pointwise_passes<double>();
    const PointwisePasses<double>& plain = v1::passes_of_level<double>();
    const ComplexField begin = initial_field(InitialField::noise, {.n = 26 * 2, .length = 10}, 5);
    for (const CubicFlow<double>& by : {CubicFlow<double>{.g = 1, .c2 = -0.5, .h = 0.3},
                                        CubicFlow<double>{.g = 0, .c2 = 2, .h = 0.3}}) {
        ComplexField one = begin, other = begin;
        here.flow(one.data(), one.size(), by);
        plain.flow(other.data(), other.size(), by);
        CHECK(largest_difference(one, other) < 1e-15);
        here.cubic(one.data(), one.size(), by, begin.data());
        plain.cubic(other.data(), other.size(), by, begin.data());
        CHECK(largest_difference(one, other) < 1e-15);
    }
}

TEST_CASE("the cubic flow is its formula, for points that differ little and for any others") {
    for (const double amplitude : {1e-3, 0.3, 1.0, 30.0}) {
        for (const CubicFlow<double>& by : {CubicFlow<double>{.g = 1, .c2 = -0.5, .h = 0.05},
                                            CubicFlow<double>{.g = 1, .c2 = 40, .h = 0.05},
                                            CubicFlow<double>{.g = 0.5, .c2 = 1, .h = -1e-4},
                                            CubicFlow<double>{.g = 0, .c2 = 2, .h = 0.05}}) {
            CAPTURE(amplitude);
            CAPTURE(by.c2);
            ComplexField field = initial_field(InitialField::noise, {.n = 40, .length = 10}, 5);
            for (Complex& a : field) {
                a *= 7 * amplitude;
            }
            const ComplexField begin = field;
            pointwise_passes<double>().flow(field.data(), field.size(), by);
            double largest = 0;
            for (std::size_t i = 0; i < field.size(); ++i) {
                const double norm = std::norm(begin[i]), s = 1 + 2 * by.g * by.h * norm;
                const Complex factor =
                    by.g == 0 ? std::polar(1.0, -by.c2 * by.h * norm)
                              : std::polar(1 / std::sqrt(s), -by.c2 / (2 * by.g) * std::log(s));
                largest = std::max(largest, std::abs(field[i] - begin[i] * factor));
            }
            CHECK(largest <= 1e-14 * (1 + 7 * amplitude));
        }
    }
}

TEST_CASE("coefficients near zero are their series, and the factors of a mode their product") {
    const double dt = 0.1;
    const EtdCoefficients near = etd_coefficients(1e-9, dt);
    CHECK(std::abs(near.phi1 / dt - 1.0) < 1e-8);
    CHECK(std::abs(near.phi2 / dt - 0.5) < 1e-8);
    CHECK(std::abs(near.q / dt - 0.5) < 1e-8);
    CHECK(std::abs((near.f1 + 4.0 * near.f2 + near.f3) / dt - 1.0) < 1e-8);
    const Complex h(-3, 2);
    CHECK(std::abs(etd_coefficients(h, dt).phi1 - dt * (std::exp(h) - 1.0) / h) < 1e-14);
    const Grid grid{.n = 8, .length = 10};
    const Equation equation{.c1 = 0.5};
    const ComplexValues axis = exponential_axis(grid, equation, dt, Dealias::half);
    CHECK(axis[2] == Complex());
    CHECK(axis[1] != Complex());
    CHECK(std::abs(axis[0] * axis[0] - std::exp(dt)) < 1e-15);
}

} // namespace parameters_test
