#include "strang_splitting.hpp"

#include "exponential_factors.hpp"
#include "field_values.hpp"
#include "mode_passes.hpp"

namespace assay::cgl {
namespace {

// dA/dt = -(g + i c2)|A|^2 A + u
std::complex<double>
forced_change(std::complex<double> a, std::complex<double> u, const Equation& equation) {
    return -std::complex<double>(equation.g, equation.c2) * std::norm(a) * a + u;
}

std::complex<double>
forced_step(std::complex<double> a, std::complex<double> u, const Equation& equation, double h) {
    const auto k1 = forced_change(a, u, equation);
    const auto k2 = forced_change(a + h / 2 * k1, u, equation);
    const auto k3 = forced_change(a + h / 2 * k2, u, equation);
    const auto k4 = forced_change(a + h * k3, u, equation);
    return a + h / 6 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
}

} // namespace

template <class Real>
StrangSplitting<Real>::StrangSplitting(const Grid& grid,
                                       const Equation& equation,
                                       const Stepping& stepping,
                                       const PlanOptions& plans)
    : grid_(grid)
    , equation_(equation)
    , dt_(static_cast<Real>(stepping.dt))
    , transform_(grid.n, plans)
    , axis_(as_precision<Real>(exponential_axis(grid, equation, stepping.dt, stepping.dealias),
                               1 / static_cast<double>(grid.n)))
    , modes_(grid.n * transform_.together()) {}

template <class Real>
void StrangSplitting<Real>::start(std::span<const std::complex<double>> field) {
    transform_.put(field);
}

template <class Real>
void StrangSplitting<Real>::cubic_flow(std::size_t block, Real h) {
    const std::span<Complex> values = transform_.points();
    if (equation_.forcing.empty()) {
        pointwise_passes<Real>().flow(
            values.data(),
            values.size(),
            {.g = static_cast<Real>(equation_.g), .c2 = static_cast<Real>(equation_.c2), .h = h});
        return;
    }
    const std::complex<double>* const forcing = equation_.forcing.data() + block * values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = Complex(forced_step(
            std::complex<double>(values[i]), forcing[i], equation_, static_cast<double>(h)));
    }
}

template <class Real>
void StrangSplitting<Real>::linear_step() {
    const std::size_t n = grid_.n, width = transform_.together();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.columns_to_modes(block, modes_.data());
        mode_passes<Real>().scale(
            modes_.data(), n, width, axis_.data(), axis_.data() + block * width);
        transform_.columns_from_modes(block, modes_.data());
    }
}

template <class Real>
void StrangSplitting<Real>::advance(std::size_t steps) {
    if (steps == 0) {
        return;
    }
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.take_rows(block);
        cubic_flow(block, dt_ / 2);
        transform_.rows_to_modes(block);
    }
    for (std::size_t step = 1; step < steps; ++step) {
        linear_step();
        for (std::size_t block = 0; block < transform_.blocks(); ++block) {
            transform_.rows_to_points(block);
            cubic_flow(block, dt_);
            transform_.rows_to_modes(block);
        }
    }
    linear_step();
    for (std::size_t block = 0; block < transform_.blocks(); ++block) {
        transform_.rows_to_points(block);
        cubic_flow(block, dt_ / 2);
        transform_.keep_rows(block);
    }
}

template <class Real>
void StrangSplitting<Real>::read(std::span<std::complex<double>> field) {
    transform_.get(field);
}

template <class Real>
bool StrangSplitting<Real>::is_finite() const {
    return transform_.is_finite();
}

template class StrangSplitting<double>;
template class StrangSplitting<float>;

} // namespace assay::cgl
