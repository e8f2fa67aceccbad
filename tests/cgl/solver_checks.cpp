#include "solver_checks.hpp"

#include "observables.hpp"
#include "solver.hpp"

#include <cmath>
#include <numbers>

namespace cgl_test {
namespace {

using Complex = std::complex<double>;

constexpr PlanOptions kQuickPlans{.effort = PlanEffort::estimate};

Complex uniform_change(Complex a, Complex u, const Equation& equation) {
    return equation.epsilon * a - Complex(equation.g, equation.c2) * std::norm(a) * a + u;
}

// Of mode 2 along the rows, the mean divided out: what remains of the disturbance.
double disturbance(const ComplexField& field, const Grid& grid) {
    Complex mean = 0;
    for (const Complex& a : field) {
        mean += a;
    }
    mean /= static_cast<double>(grid.points());
    Complex sum = 0;
    for (std::size_t i = 0; i < grid.points(); ++i) {
        const double angle = 2 * std::numbers::pi * 2 * static_cast<double>(i % grid.n) /
                             static_cast<double>(grid.n);
        sum += (field[i] / mean - 1.0) * std::polar(1.0, -angle);
    }
    return std::abs(sum) / static_cast<double>(grid.points());
}

} // namespace

Advance advance_by(Method method, Dealias dealias) {
    return [method, dealias](const Grid& grid,
                             const Equation& equation,
                             double dt,
                             std::size_t steps,
                             const ComplexField& field) {
        Solver<double> solver(
            grid, equation, {.method = method, .dt = dt, .dealias = dealias}, kQuickPlans);
        solver.set_field(field);
        solver.advance(steps);
        ComplexField out(field.size());
        solver.read_field(out);
        return out;
    };
}

double plane_wave_error(const Advance& advance, std::size_t steps) {
    constexpr double kUntil = 10, kMode = 2;
    const Grid grid{.n = 32, .length = 40};
    const Equation equation{.c1 = 1, .c2 = -0.5};
    const ComplexField end = advance(grid,
                                     equation,
                                     kUntil / static_cast<double>(steps),
                                     steps,
                                     plane_wave(grid, equation, kMode, 0));
    return largest_difference(end, plane_wave(grid, equation, kMode, kUntil));
}

std::vector<double> errors_of_halving(const Advance& advance) {
    constexpr std::size_t kReferenceSteps = 4096;
    const Grid grid{.n = 32, .length = 20};
    const Equation equation{.c1 = 1, .c2 = -0.5};
    const ComplexField begin = initial_field(InitialField::smooth, grid, 0);
    static const ComplexField reference =
        advance_by(Method::etdrk4)(grid, equation, 1.0 / kReferenceSteps, kReferenceSteps, begin);
    std::vector<double> errors;
    for (const std::size_t steps : {8U, 16U, 32U, 64U, 128U}) {
        errors.push_back(largest_difference(
            advance(grid, equation, 1 / static_cast<double>(steps), steps, begin), reference));
    }
    return errors;
}

std::vector<double> orders_of(const std::vector<double>& errors) {
    std::vector<double> orders;
    for (std::size_t i = 1; i < errors.size(); ++i) {
        orders.push_back(std::log2(errors[i - 1] / errors[i]));
    }
    return orders;
}

double measured_growth(const Advance& advance, double c1, double c2) {
    constexpr double kStep = 0.005;
    constexpr std::size_t kSettling = 400, kMeasured = 2000;
    const Grid grid{.n = 32, .length = 40};
    const Equation equation{.c1 = c1, .c2 = c2};
    const double k = 2 * std::numbers::pi * 2 / grid.length;
    const double lambda = growth_rate(k, equation);
    Complex eigen(c1 * k * k, lambda + k * k + 2);
    eigen /= std::abs(eigen);
    ComplexField field(grid.points());
    for (std::size_t i = 0; i < grid.points(); ++i) {
        const double x = grid.spacing() * static_cast<double>(i % grid.n);
        field[i] = 1.0 + 1e-7 * std::cos(k * x) * eigen;
    }
    field = advance(grid, equation, kStep, kSettling, field);
    const double before = disturbance(field, grid);
    field = advance(grid, equation, kStep, kMeasured, field);
    return std::log(disturbance(field, grid) / before) / (kStep * kMeasured);
}

double balance_gap(const Advance& advance, const Balance& balance) {
    constexpr double kStep = 1e-4;
    const Grid grid{.n = 32, .length = 20};
    const Equation equation{.c1 = 1, .c2 = -0.5};
    ComplexField field =
        advance(grid, equation, 0.01, 20, initial_field(InitialField::smooth, grid, 0));
    const double before = field_means(field).norm;
    const ComplexField middle = advance(grid, equation, kStep, 1, field);
    const double after = field_means(advance(grid, equation, kStep, 1, middle)).norm;
    return std::abs((after - before) / (2 * kStep) - balance(middle, grid, equation));
}

double forced_error(const Advance& advance) {
    constexpr std::size_t kSteps = 64, kFine = 4096;
    const Complex u(0.3, 0.2), begin(0.2, -0.1);
    const Grid grid{.n = 8, .length = 10};
    Equation equation{.c1 = 1, .c2 = -0.5};
    equation.forcing.assign(grid.points(), u);
    const ComplexField end =
        advance(grid, equation, 1.0 / kSteps, kSteps, ComplexField(grid.points(), begin));
    Complex exact = begin;
    constexpr double kStep = 1.0 / kFine;
    for (std::size_t step = 0; step < kFine; ++step) {
        const Complex k1 = uniform_change(exact, u, equation);
        const Complex k2 = uniform_change(exact + kStep / 2 * k1, u, equation);
        const Complex k3 = uniform_change(exact + kStep / 2 * k2, u, equation);
        const Complex k4 = uniform_change(exact + kStep * k3, u, equation);
        exact += kStep / 6 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    }
    return largest_difference(end, ComplexField(grid.points(), exact));
}

} // namespace cgl_test
