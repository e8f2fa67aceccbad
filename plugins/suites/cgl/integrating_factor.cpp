#include "integrating_factor.hpp"

#include "field_values.hpp"

namespace assay::cgl {
namespace {

ComplexValues plane_of(const ComplexValues& axis) {
    ComplexValues plane;
    plane.reserve(axis.size() * axis.size());
    for (const std::complex<double>& row : axis) {
        for (const std::complex<double>& column : axis) {
            plane.push_back(row * column);
        }
    }
    return plane;
}

} // namespace

template <class Real>
IntegratingFactor<Real>::IntegratingFactor(const Grid& grid,
                                           const Equation& equation,
                                           const Stepping& stepping,
                                           const PlanOptions& plans)
    : grid_(grid)
    , stepping_(stepping)
    , cubic_{.g = static_cast<Real>(equation.g), .c2 = static_cast<Real>(equation.c2)}
    , fft_(grid.n, plans)
    , full_(as_precision<Real>(
          plane_of(exponential_axis(grid, equation, stepping.dt, stepping.dealias)), 1))
    , half_(as_precision<Real>(
          plane_of(exponential_axis(grid, equation, stepping.dt / 2, stepping.dealias)), 1))
    , forcing_(as_precision<Real>(equation.forcing, 1))
    , modes_(grid.points())
    , points_(grid.points())
    , v_(grid.points())
    , stage_(v_)
    , k1_(v_)
    , k2_(v_)
    , k3_(v_)
    , k4_(v_) {}

template <class Real>
void IntegratingFactor<Real>::start(std::span<const std::complex<double>> field) {
    copy_values(field, points_.values());
    fft_.forward(points_.data(), modes_.data());
    const Real share = 1 / static_cast<Real>(grid_.points());
    for (std::size_t i = 0; i < v_.size(); ++i) {
        v_[i] = full_[i] == Complex() ? Complex() : modes_.values()[i] * share;
    }
}

template <class Real>
void IntegratingFactor<Real>::cubic_of(const std::vector<Complex>& modes,
                                       std::vector<Complex>& out) {
    std::ranges::copy(modes, modes_.data());
    fft_.backward(modes_.data(), points_.data());
    pointwise_passes<Real>().cubic(
        points_.data(), points_.size(), cubic_, forcing_.empty() ? nullptr : forcing_.data());
    fft_.forward(points_.data(), modes_.data());
    const Real share = static_cast<Real>(stepping_.dt / static_cast<double>(grid_.points()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = full_[i] == Complex() ? Complex() : modes_.values()[i] * share;
    }
}

template <class Real>
void IntegratingFactor<Real>::step() {
    constexpr Real kHalf = Real(0.5), kSixth = Real(1) / 6;
    cubic_of(v_, k1_);
    for (std::size_t i = 0; i < v_.size(); ++i) {
        stage_[i] = half_[i] * (v_[i] + kHalf * k1_[i]);
    }
    cubic_of(stage_, k2_);
    for (std::size_t i = 0; i < v_.size(); ++i) {
        stage_[i] = half_[i] * v_[i] + kHalf * k2_[i];
    }
    cubic_of(stage_, k3_);
    for (std::size_t i = 0; i < v_.size(); ++i) {
        stage_[i] = full_[i] * v_[i] + half_[i] * k3_[i];
    }
    cubic_of(stage_, k4_);
    for (std::size_t i = 0; i < v_.size(); ++i) {
        v_[i] = full_[i] * v_[i] +
                kSixth * (full_[i] * k1_[i] + Real(2) * half_[i] * (k2_[i] + k3_[i]) + k4_[i]);
    }
}

template <class Real>
void IntegratingFactor<Real>::advance(std::size_t steps) {
    for (std::size_t one = 0; one < steps; ++one) {
        step();
    }
}

template <class Real>
void IntegratingFactor<Real>::read(std::span<std::complex<double>> field) {
    std::ranges::copy(v_, modes_.data());
    fft_.backward(modes_.data(), points_.data());
    copy_values(std::span<const Complex>(points_.values()), field);
}

template <class Real>
bool IntegratingFactor<Real>::is_finite() const {
    return all_finite(std::span<const Complex>(v_));
}

template class IntegratingFactor<double>;
template class IntegratingFactor<float>;

} // namespace assay::cgl
