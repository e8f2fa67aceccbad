// What is seen of a field: means, the balance of its norm, a functional that never rises, defects.
//
//   const FieldMeans means = field_means(field);
//   const double change = norm_change(field, grid, equation);     // d/dt of the mean of |A|^2
//   std::size_t defects = defect_count(field, grid);
//
// Gradients are spectral, by transforms of their own. Pure functions; any thread.
#pragma once

#include "equation.hpp"
#include "initial_field.hpp"

#include <cstddef>
#include <span>

namespace assay::cgl {

struct FieldMeans {
    double norm = 0;    // mean |A|^2
    double fourth = 0;  // mean |A|^4
    double largest = 0; // max |A|
};

[[nodiscard]] FieldMeans field_means(std::span<const std::complex<double>> field);

// Mean |grad A|^2: sum of k^2 |A_k|^2 over n^4, A_k not normalised (Parseval).
[[nodiscard]] double mean_gradient(std::span<const std::complex<double>> field, const Grid& grid);

// d/dt of the mean of |A|^2: 2 (eps |A|^2 - d |grad A|^2 - g |A|^4 + Re(u conj A)), in the mean.
[[nodiscard]] double norm_change(std::span<const std::complex<double>> field,
                                 const Grid& grid,
                                 const Equation& equation);

// Mean of |grad A|^2 - |A|^2 + |A|^4/2: never rises for c1 = c2, eps = d = g = 1.
[[nodiscard]] double free_energy(std::span<const std::complex<double>> field, const Grid& grid);

// Squares of four points around which the phase turns by 2 pi, either way.
[[nodiscard]] std::size_t defect_count(std::span<const std::complex<double>> field,
                                       const Grid& grid);

// Growth rate of a small wave of wave number k on A = e^{-i c2 t} (eps = d = g = 1):
// Re(-(1 + k^2) + sqrt(1 - 2 c1 c2 k^2 - c1^2 k^4)). Positive for some k just where 1 + c1 c2 < 0
// (Benjamin & Feir; Aranson & Kramer 2002, section II.B).
[[nodiscard]] double growth_rate(double k, const Equation& equation);

// Largest |a - b| of two fields of one grid.
[[nodiscard]] double largest_difference(std::span<const std::complex<double>> a,
                                        std::span<const std::complex<double>> b);

} // namespace assay::cgl
