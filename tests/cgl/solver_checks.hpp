// The analytic checks of the Ginzburg-Landau solvers, on anything that steps a field: the plugin's
// own methods and the wrong solvers that each check has to catch.
//
//   const Advance advance = advance_by(Method::etdrk4);
//   CHECK(plane_wave_error(advance, 1000) < 1e-9);
#pragma once

#include "equation.hpp"
#include "initial_field.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace cgl_test {

using namespace assay::cgl;

// The field after so many steps of dt.
using Advance = std::function<ComplexField(
    const Grid&, const Equation&, double dt, std::size_t steps, const ComplexField& field)>;

Advance advance_by(Method method, Dealias dealias = Dealias::none);

// Mode 2 of a box of 40, n 32, c1 1, c2 -0.5, until T = 10: largest error against the exact wave.
double plane_wave_error(const Advance& advance, std::size_t steps);

// Largest errors at T = 1 of `smooth` (n 32, L 20, c1 1, c2 -0.5) with 8, 16, ... 128 steps,
// against ETDRK4 with 4096.
std::vector<double> errors_of_halving(const Advance& advance);

// log2 of each error over the next.
std::vector<double> orders_of(const std::vector<double>& errors);

// Rate at which mode 2 grows on the uniform solution in a box of 40, n 32, measured over 2000 steps
// of 0.005 after 400 that settle.
double measured_growth(const Advance& advance, double c1, double c2);

// d/dt of the mean of |A|^2 by a small central difference around `smooth` at t = 0.2, and what
// `balance` says of that field.
using Balance = std::function<double(const ComplexField&, const Grid&, const Equation&)>;
double balance_gap(const Advance& advance, const Balance& balance);

// Largest error at T = 1 of a uniform field under a uniform forcing of 0.3 + 0.2i, 64 steps,
// against the ordinary differential equation that it then is (RK4, 4096 steps).
double forced_error(const Advance& advance);

} // namespace cgl_test
