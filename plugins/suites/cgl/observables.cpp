#include "observables.hpp"

#include "field_values.hpp"
#include "fourier_pair.hpp"

#include <cmath>
#include <numbers>

namespace assay::cgl {
namespace {

// Of the phase from one point to the next: in (-pi, pi].
double turn(std::complex<double> from, std::complex<double> to) {
    return std::arg(to * std::conj(from));
}

} // namespace

FieldMeans field_means(std::span<const std::complex<double>> field) {
    FieldMeans means;
    for (const std::complex<double>& a : field) {
        const double norm = std::norm(a);
        means.norm += norm;
        means.fourth += norm * norm;
        means.largest = std::max(means.largest, norm);
    }
    means.norm /= static_cast<double>(field.size());
    means.fourth /= static_cast<double>(field.size());
    means.largest = std::sqrt(means.largest);
    return means;
}

double mean_gradient(std::span<const std::complex<double>> field, const Grid& grid) {
    const FourierPair<double> fft(grid.n, {.effort = PlanEffort::estimate});
    const FieldBuffer<double> points(grid.points()), modes(grid.points());
    copy_values(field, points.values());
    fft.forward(points.data(), modes.data());
    const double unit = 2 * std::numbers::pi / grid.length;
    double sum = 0;
    for (std::size_t i = 0; i < grid.points(); ++i) {
        const double row = unit * mode_of(i / grid.n, grid.n);
        const double column = unit * mode_of(i % grid.n, grid.n);
        sum += (row * row + column * column) * std::norm(modes.values()[i]);
    }
    const auto points_of_grid = static_cast<double>(grid.points());
    return sum / (points_of_grid * points_of_grid);
}

double norm_change(std::span<const std::complex<double>> field,
                   const Grid& grid,
                   const Equation& equation) {
    const FieldMeans means = field_means(field);
    double forced = 0;
    for (std::size_t i = 0; i < equation.forcing.size(); ++i) {
        forced += (equation.forcing[i] * std::conj(field[i])).real();
    }
    forced /= static_cast<double>(grid.points());
    return 2 * (equation.epsilon * means.norm - equation.d * mean_gradient(field, grid) -
                equation.g * means.fourth + forced);
}

double free_energy(std::span<const std::complex<double>> field, const Grid& grid) {
    const FieldMeans means = field_means(field);
    return mean_gradient(field, grid) - means.norm + means.fourth / 2;
}

std::size_t defect_count(std::span<const std::complex<double>> field, const Grid& grid) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < grid.n; ++i) {
        const std::size_t below = (i + 1) % grid.n;
        for (std::size_t j = 0; j < grid.n; ++j) {
            const std::size_t right = (j + 1) % grid.n;
            const std::complex<double> a = field[i * grid.n + j], b = field[i * grid.n + right],
                                       c = field[below * grid.n + right],
                                       d = field[below * grid.n + j];
            const double winding = turn(a, b) + turn(b, c) + turn(c, d) + turn(d, a);
            count += std::abs(winding) > std::numbers::pi ? 1 : 0;
        }
    }
    return count;
}

double growth_rate(double k, const Equation& equation) {
    const double k2 = k * k;
    const double under =
        1 - 2 * equation.c1 * equation.c2 * k2 - equation.c1 * equation.c1 * k2 * k2;
    return -(1 + k2) + (under > 0 ? std::sqrt(under) : 0);
}

double largest_difference(std::span<const std::complex<double>> a,
                          std::span<const std::complex<double>> b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

} // namespace assay::cgl
