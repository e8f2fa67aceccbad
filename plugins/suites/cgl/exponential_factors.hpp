// Factors of the exponential integrators for every mode: e^{L dt} as a product of an axis with
// itself, and the coefficients of exponential time differencing, which depend on |m| along each
// axis.
//
//   const auto axis = exponential_axis(grid, equation, dt, Dealias::none);   // e^{L_k dt} = a_i
//   a_j const auto q = half_plane(grid, equation, dealias, [dt](auto h) { return ...; });
//
// L_k = eps - (d + i c1)|k|^2. The coefficients are means over a circle around h = L_k dt (Kassam &
// Trefethen, SIAM J. Sci. Comput. 26 (2005), section 3): near h = 0 their formulas lose all digits.
// L_k is complex, so the circle is a full one. Always computed in double. Pure; any thread.
#pragma once

#include "equation.hpp"

#include <complex>
#include <cstddef>
#include <vector>

namespace assay::cgl {

using ComplexValues = std::vector<std::complex<double>>;

// n values whose products by row and column are e^{L_k t}; 0 where the mode is not kept.
[[nodiscard]] ComplexValues
exponential_axis(const Grid& grid, const Equation& equation, double t, Dealias dealias);

// Cox & Matthews, J. Comput. Phys. 176 (2002), eqs. 26 to 29, of one mode.
struct EtdCoefficients {
    std::complex<double> phi1, phi2; // of etd2rk
    std::complex<double> q, f1, f2, f3;
};

// h = L_k dt.
[[nodiscard]] EtdCoefficients etd_coefficients(std::complex<double> h, double dt);

// Of the modes |m| of n/2 + 1 rows and n columns; 0 where a mode is not kept.
struct EtdPlanes {
    ComplexValues phi1, phi2, q, f1, f2, f3;
    ComplexValues full, half; // e^h, e^{h/2}
};

// A plane of rows of n values as blocks of `width` columns, one behind the other; `width` divides
// n.
[[nodiscard]] ComplexValues
column_blocks(const ComplexValues& plane, std::size_t n, std::size_t width);

[[nodiscard]] EtdPlanes
etd_planes(const Grid& grid, const Equation& equation, const Stepping& stepping);

} // namespace assay::cgl
