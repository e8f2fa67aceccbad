#include "euler_splitting.hpp"

#include "exponential_factors.hpp"
#include "field_values.hpp"

namespace assay::cgl {

template <class Real>
EulerSplitting<Real>::EulerSplitting(const Grid& grid,
                                     const Equation& equation,
                                     const Stepping& stepping,
                                     const PlanOptions& plans)
    : grid_(grid)
    , cubic_(static_cast<Real>(stepping.dt * equation.g),
             static_cast<Real>(stepping.dt * equation.c2))
    , fft_(grid.n, plans)
    , forcing_(as_precision<Real>(equation.forcing, stepping.dt))
    , field_(grid.points())
    , modes_(grid.points()) {
    const ComplexValues axis = exponential_axis(grid, equation, stepping.dt / 2, stepping.dealias);
    ComplexValues half;
    half.reserve(grid.points());
    for (const std::complex<double>& row : axis) {
        for (const std::complex<double>& column : axis) {
            half.push_back(row * column);
        }
    }
    half_ = as_precision<Real>(half, 1 / static_cast<double>(grid.points()));
}

template <class Real>
void EulerSplitting<Real>::start(std::span<const std::complex<double>> field) {
    copy_values(field, field_.values());
}

template <class Real>
void EulerSplitting<Real>::half_linear_step() {
    fft_.forward(field_.data(), modes_.data());
    for (std::size_t i = 0; i < half_.size(); ++i) {
        modes_.data()[i] *= half_[i];
    }
    fft_.backward(modes_.data(), field_.data());
}

template <class Real>
void EulerSplitting<Real>::advance(std::size_t steps) {
    for (std::size_t step = 0; step < steps; ++step) {
        half_linear_step();
        for (std::size_t i = 0; i < grid_.points(); ++i) {
            Complex& a = field_.data()[i];
            a -= cubic_ * (std::norm(a) * a);
            if (!forcing_.empty()) {
                a += forcing_[i];
            }
        }
        half_linear_step();
    }
}

template <class Real>
void EulerSplitting<Real>::read(std::span<std::complex<double>> field) {
    copy_values(std::span<const Complex>(field_.values()), field);
}

template <class Real>
bool EulerSplitting<Real>::is_finite() const {
    return all_finite(std::span<const Complex>(field_.values()));
}

template class EulerSplitting<double>;
template class EulerSplitting<float>;

} // namespace assay::cgl
