// Solvers that are wrong in ways that others were: each is caught by the check named here. They are
// written out plainly, so that the one mistake is all that differs.
#include "fourier_pair.hpp"
#include "observables.hpp"
#include "solver_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

namespace wrong_solvers_test {

using namespace cgl_test;
using Complex = std::complex<double>;

namespace {

// The cubic part over h of a point with amplitude a, where u is forced.
using CubicPart = std::function<Complex(Complex a, Complex u, const Equation&, double h)>;

Complex exact_part(Complex a, Complex, const Equation& equation, double h) {
    const double s = 1 + 2 * equation.g * std::norm(a) * h;
    return a * std::polar(1 / std::sqrt(s), -equation.c2 / (2 * equation.g) * std::log(s));
}

Complex euler_part(Complex a, Complex, const Equation& equation, double h) {
    return a - h * Complex(equation.g, equation.c2) * std::norm(a) * a;
}

Complex frozen_part(Complex a, Complex, const Equation& equation, double h) {
    return a * std::exp(-h * Complex(equation.g, equation.c2) * std::norm(a));
}

// The forcing as a factor.
Complex forcing_in_the_exponent(Complex a, Complex u, const Equation& equation, double h) {
    return exact_part(a, u, equation, h) * std::exp(h * u);
}

Advance splitting_with(CubicPart part) {
    return [part](const Grid& grid,
                  const Equation& equation,
                  double dt,
                  std::size_t steps,
                  const ComplexField& begin) {
        const FourierPair<double> fft(grid.n, {.effort = PlanEffort::estimate});
        const FieldBuffer<double> points(grid.points()), modes(grid.points());
        std::ranges::copy(begin, points.data());
        const auto cubic = [&](double h) {
            for (std::size_t i = 0; i < grid.points(); ++i) {
                const Complex u = equation.forcing.empty() ? Complex() : equation.forcing[i];
                points.values()[i] = part(points.values()[i], u, equation, h);
            }
        };
        const double unit = 2 * std::numbers::pi / grid.length;
        for (std::size_t step = 0; step < steps; ++step) {
            cubic(dt / 2);
            fft.forward(points.data(), modes.data());
            for (std::size_t i = 0; i < grid.points(); ++i) {
                const double kx = unit * mode_of(i % grid.n, grid.n);
                const double ky = unit * mode_of(i / grid.n, grid.n);
                modes.values()[i] *=
                    std::exp(dt * (equation.epsilon -
                                   Complex(equation.d, equation.c1) * (kx * kx + ky * ky))) /
                    static_cast<double>(grid.points());
            }
            fft.backward(modes.data(), points.data());
            cubic(dt / 2);
        }
        return ComplexField(points.values().begin(), points.values().end());
    };
}

// Both ends of the box are points: they lie L/(n - 1) apart.
Advance with_both_ends(const Advance& advance) {
    return [advance](const Grid& grid,
                     const Equation& equation,
                     double dt,
                     std::size_t steps,
                     const ComplexField& begin) {
        const double q = 2 * std::numbers::pi * 2 / grid.length;
        const double apart = grid.length / static_cast<double>(grid.n - 1);
        ComplexField field = begin;
        for (std::size_t i = 0; i < grid.points(); ++i) {
            field[i] = std::polar(std::abs(begin[i]),
                                  q * (apart * static_cast<double>(i % grid.n) - grid.length / 2));
        }
        return advance(grid, equation, dt, steps, field);
    };
}

// |grad A|^2 as the sum of the transform back of k^2 |A_k|^2: that is its first point times n^2,
// and with the division by n^4 forgotten not the mean.
double
balance_with_wrong_gradient(const ComplexField& field, const Grid& grid, const Equation& equation) {
    const double right = mean_gradient(field, grid);
    return norm_change(field, grid, equation) +
           2 * equation.d * (right - right * static_cast<double>(grid.points()));
}

// In the convention (1 - i c3)|A|^2 A.
bool is_unstable_by_the_other_convention(double c1, double c2) {
    return 1 - c1 * c2 < 0;
}

} // namespace

TEST_CASE("the splitting that the wrong ones are made of is right") {
    for (const double order : orders_of(errors_of_halving(splitting_with(exact_part)))) {
        CHECK(order == doctest::Approx(2).epsilon(0.05));
    }
    CHECK(plane_wave_error(splitting_with(exact_part), 1000) <= 3e-5);
}

TEST_CASE("order: Euler's step of the cubic term, and one with the amplitude frozen, are of first "
          "order") {
    for (const CubicPart& part : {CubicPart(euler_part), CubicPart(frozen_part)}) {
        const std::vector<double> orders = orders_of(errors_of_halving(splitting_with(part)));
        CHECK(orders.back() < 1.2);
    }
}

TEST_CASE("plane wave: a grid with both ends is no plane wave of the box") {
    const Advance right = advance_by(Method::etdrk4);
    CHECK(plane_wave_error(with_both_ends(right), 1000) > 1e-2);
    CHECK(plane_wave_error(right, 1000) < 1e-9);
}

TEST_CASE("balance: a gradient that is not divided by the points is not the one that is lost") {
    const Advance right = advance_by(Method::etdrk4);
    CHECK(balance_gap(right, balance_with_wrong_gradient) > 1e-2);
    CHECK(balance_gap(right, norm_change) < 1e-6);
}

TEST_CASE("stability: the criterion of the other convention contradicts what grows") {
    const double growth = measured_growth(advance_by(Method::etdrk4), 2, -1.5);
    CHECK(growth > 0);
    CHECK_FALSE(is_unstable_by_the_other_convention(2, -1.5));
    CHECK(1 + 2 * -1.5 < 0);
}

TEST_CASE("forcing: one in the exponent is a factor and no force") {
    CHECK(forced_error(splitting_with(forcing_in_the_exponent)) > 1e-2);
}

TEST_CASE("dealiasing: the 2/3 rule lets aliases of a cubic term through, a half does not") {
    // Modes 10 and -9 of 32 make 2 * 10 + 9 = 29, which looks like -3; those of 7 and -7 make 21,
    // which looks like -11 and is cut.
    const Grid grid{.n = 32, .length = 32};
    const Equation equation{.epsilon = 0, .d = 0, .c1 = 0, .c2 = 0};
    const auto alias = [&](Dealias dealias, double one, double other, double wrong) {
        ComplexField field(grid.points());
        const double unit = 2 * std::numbers::pi / static_cast<double>(grid.n);
        for (std::size_t i = 0; i < grid.points(); ++i) {
            const double x = unit * static_cast<double>(i % grid.n);
            field[i] = std::polar(0.5, one * x) + std::polar(0.5, other * x);
        }
        field = advance_by(Method::etdrk4, dealias)(grid, equation, 0.01, 1, field);
        Complex sum = 0;
        for (std::size_t i = 0; i < grid.points(); ++i) {
            sum += field[i] * std::polar(1.0, -wrong * unit * static_cast<double>(i % grid.n));
        }
        return std::abs(sum) / static_cast<double>(grid.points());
    };
    CHECK(alias(Dealias::two_thirds, 10, -9, -3) > 1e-4);
    CHECK(alias(Dealias::half, 7, -7, -11) < 1e-15);
    CHECK(alias(Dealias::half, 10, -9, -3) < 1e-15);
}

} // namespace wrong_solvers_test
