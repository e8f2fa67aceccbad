#include "exponential_factors.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace assay::cgl {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t kCirclePoints = 32;

double wave_number(double mode, const Grid& grid) {
    return 2 * std::numbers::pi * mode / grid.length;
}

Complex linear_term(const Grid& grid, const Equation& equation, double row, double column) {
    const double kx = wave_number(row, grid), ky = wave_number(column, grid);
    return equation.epsilon - Complex(equation.d, equation.c1) * (kx * kx + ky * ky);
}

void put(EtdPlanes& planes, std::size_t at, Complex h, const EtdCoefficients& found) {
    planes.phi1[at] = found.phi1;
    planes.phi2[at] = found.phi2;
    planes.q[at] = found.q;
    planes.f1[at] = found.f1;
    planes.f2[at] = found.f2;
    planes.f3[at] = found.f3;
    planes.full[at] = std::exp(h);
    planes.half[at] = std::exp(h / 2.0);
}

} // namespace

ComplexValues
exponential_axis(const Grid& grid, const Equation& equation, double t, Dealias dealias) {
    ComplexValues axis(grid.n);
    for (std::size_t j = 0; j < grid.n; ++j) {
        const double mode = mode_of(j, grid.n);
        const double k = wave_number(mode, grid);
        if (is_kept(mode, grid.n, dealias)) {
            axis[j] =
                std::exp(t * (equation.epsilon / 2 - Complex(equation.d, equation.c1) * (k * k)));
        }
    }
    return axis;
}

EtdCoefficients etd_coefficients(Complex h, double dt) {
    EtdCoefficients sum{};
    for (std::size_t m = 0; m < kCirclePoints; ++m) {
        const double angle = 2 * std::numbers::pi * (static_cast<double>(m) + 0.5) /
                             static_cast<double>(kCirclePoints);
        const Complex z = h + std::polar(1.0, angle);
        const Complex half = std::exp(z / 2.0);
        const Complex full = half * half;
        const Complex z2 = z * z;
        const Complex z3 = z2 * z;
        sum.phi1 += (full - 1.0) / z;
        sum.phi2 += (full - 1.0 - z) / z2;
        sum.q += (half - 1.0) / z;
        sum.f1 += (-4.0 - z + full * (4.0 - 3.0 * z + z2)) / z3;
        sum.f2 += (2.0 + z + full * (z - 2.0)) / z3;
        sum.f3 += (-4.0 - 3.0 * z - z2 + full * (4.0 - z)) / z3;
    }
    const double share = dt / static_cast<double>(kCirclePoints);
    return {.phi1 = share * sum.phi1,
            .phi2 = share * sum.phi2,
            .q = share * sum.q,
            .f1 = share * sum.f1,
            .f2 = share * sum.f2,
            .f3 = share * sum.f3};
}

ComplexValues column_blocks(const ComplexValues& plane, std::size_t n, std::size_t width) {
    ComplexValues blocks;
    blocks.reserve(plane.size());
    for (std::size_t first = 0; first < n; first += width) {
        for (std::size_t row = 0; row < plane.size(); row += n) {
            const auto begin = plane.begin() + static_cast<std::ptrdiff_t>(row + first);
            blocks.insert(blocks.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
        }
    }
    return blocks;
}

EtdPlanes etd_planes(const Grid& grid, const Equation& equation, const Stepping& stepping) {
    const std::size_t n = grid.n, rows = n / 2 + 1;
    const ComplexValues zeros(rows * n);
    EtdPlanes planes{zeros, zeros, zeros, zeros, zeros, zeros, zeros, zeros};
    // The same for |m| in any order: an eighth of them is computed.
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = i; j < rows; ++j) {
            const auto row = static_cast<double>(i), column = static_cast<double>(j);
            if (!is_kept(row, n, stepping.dealias) || !is_kept(column, n, stepping.dealias)) {
                continue;
            }
            const Complex h = linear_term(grid, equation, row, column) * stepping.dt;
            const EtdCoefficients found = etd_coefficients(h, stepping.dt);
            put(planes, i * n + j, h, found);
            put(planes, i * n + (n - j) % n, h, found);
            put(planes, j * n + i, h, found);
            put(planes, j * n + (n - i) % n, h, found);
        }
    }
    return planes;
}

} // namespace assay::cgl
