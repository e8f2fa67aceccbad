// Fields to begin with.
//
//   ComplexField field = initial_field(InitialField::noise, grid, seed);
//   ComplexField wave = plane_wave(grid, equation, 2, 0.0);        // its exact solution at time 0
//
// Pure functions of their arguments; any thread.
#pragma once

#include "equation.hpp"

#include <complex>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::cgl {

using ComplexField = std::vector<std::complex<double>>; // n x n, row by row

enum class InitialField { noise, plane, spiral, gauss, smooth };

std::string_view name_of(InitialField field) noexcept; // "noise", ...
// Throws assay::config_error, which names those there are.
[[nodiscard]] InitialField initial_field_from(std::string_view name);

// noise: both parts uniform in +-0.1; plane: mode 2 of the default equation; spiral: one arm around
// the middle, r over a core of L/16, at most 1; gauss: a bump of width L/8; smooth: six modes, of
// amplitude at most 0.5, for orders of convergence. Only noise uses the seed.
[[nodiscard]] ComplexField initial_field(InitialField field, const Grid& grid, std::uint64_t seed);

// F e^{i(q x - omega t)}, q = 2 pi mode / L: F^2 = (eps - d q^2)/g and omega = c1 q^2 + c2 F^2; for
// eps = d = g = 1 that is omega = c2 + (c1 - c2) q^2. Throws assay::config_error where there is
// none (F^2 not positive).
[[nodiscard]] ComplexField
plane_wave(const Grid& grid, const Equation& equation, double mode, double t);

} // namespace assay::cgl
