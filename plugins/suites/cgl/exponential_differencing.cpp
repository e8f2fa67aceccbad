#include "exponential_differencing.hpp"

#include "field_values.hpp"

namespace assay::cgl {

namespace {

PlanOptions in_place(PlanOptions plans) {
    plans.in_place = true;
    return plans;
}

} // namespace

// Modes are kept over n^2, so that the transform back gives points; what comes of a transform of
// points is over n^2 by its coefficient.
template <class Real>
ExponentialDifferencing<Real>::ExponentialDifferencing(const Grid& grid,
                                                       const Equation& equation,
                                                       const Stepping& stepping,
                                                       const PlanOptions& plans)
    : grid_(grid)
    , stepping_(stepping)
    , cubic_{.g = static_cast<Real>(equation.g), .c2 = static_cast<Real>(equation.c2)}
    , fft_(grid.n, in_place(plans))
    , forcing_(as_precision<Real>(equation.forcing, 1))
    , v_(grid.points())
    , stage_(grid.points())
    , nv_(grid.points())
    , na_(grid.points()) {
    const EtdPlanes planes = etd_planes(grid, equation, stepping);
    const double share = 1 / static_cast<double>(grid.points());
    if (stepping.method == Method::etd2rk) {
        full_ = as_precision<Real>(planes.full, 1);
        first_ = as_precision<Real>(planes.phi1, share);
        f2_ = as_precision<Real>(planes.phi2, share);
        return;
    }
    half_ = as_precision<Real>(planes.half, 1);
    first_ = as_precision<Real>(planes.q, share);
    f1_ = as_precision<Real>(planes.f1, share);
    f2_ = as_precision<Real>(planes.f2, 2 * share);
    f3_ = as_precision<Real>(planes.f3, share);
}

template <class Real>
void ExponentialDifferencing<Real>::start(std::span<const std::complex<double>> field) {
    copy_values(field, stage_.values());
    fft_.forward(stage_.data(), v_.data());
    const Real share = 1 / static_cast<Real>(grid_.points());
    for (std::size_t i = 0; i < grid_.points(); ++i) {
        const bool kept = is_kept(mode_of(i / grid_.n, grid_.n), grid_.n, stepping_.dealias) &&
                          is_kept(mode_of(i % grid_.n, grid_.n), grid_.n, stepping_.dealias);
        v_.values()[i] *= kept ? share : Real(0);
    }
}

template <class Real>
void ExponentialDifferencing<Real>::cubic_of(Complex* from, Complex* to) {
    fft_.backward(from, stage_.data());
    pointwise_passes<Real>().cubic(
        stage_.data(), stage_.size(), cubic_, forcing_.empty() ? nullptr : forcing_.data());
    fft_.forward(stage_.data(), to);
}

template <class Real>
void ExponentialDifferencing<Real>::second_order_step() {
    const ModePasses<Real>& passes = mode_passes<Real>();
    const std::size_t n = grid_.n;
    cubic_of(v_.data(), nv_.data());
    passes.two_terms(v_.data(), n, v_.data(), full_.data(), nv_.data(), first_.data());
    cubic_of(v_.data(), na_.data());
    passes.correct(v_.data(), n, v_.data(), na_.data(), nv_.data(), f2_.data());
}

template <class Real>
void ExponentialDifferencing<Real>::fourth_order_step() {
    const ModePasses<Real>& passes = mode_passes<Real>();
    const std::size_t n = grid_.n;
    Complex* const v = v_.data();
    Complex* const stage = stage_.data();
    cubic_of(v, nv_.data());
    passes.two_terms(stage, n, v, half_.data(), nv_.data(), first_.data());
    cubic_of(stage, na_.data());
    passes.two_terms(stage, n, v, half_.data(), na_.data(), first_.data());
    cubic_of(stage, stage);
    passes.third_stage(stage, n, v, nv_.data(), half_.data(), first_.data(), na_.data());
    cubic_of(stage, stage);
    passes.last_stage(
        v, n, half_.data(), nv_.data(), f1_.data(), na_.data(), f2_.data(), stage, f3_.data());
}

template <class Real>
void ExponentialDifferencing<Real>::advance(std::size_t steps) {
    for (std::size_t step = 0; step < steps; ++step) {
        if (stepping_.method == Method::etd2rk) {
            second_order_step();
        } else {
            fourth_order_step();
        }
    }
}

template <class Real>
void ExponentialDifferencing<Real>::read(std::span<std::complex<double>> field) {
    fft_.backward(v_.data(), stage_.data());
    copy_values(std::span<const Complex>(stage_.values()), field);
}

template <class Real>
bool ExponentialDifferencing<Real>::is_finite() const {
    return all_finite(std::span<const Complex>(v_.values()));
}

template class ExponentialDifferencing<double>;
template class ExponentialDifferencing<float>;

} // namespace assay::cgl
