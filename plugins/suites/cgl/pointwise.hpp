// The passes over the points of a field: the exact flow of the cubic term, and the cubic term
// itself. Made for each level of the processor.
//
//   const PointwisePasses<double>& passes = pointwise_passes<double>();
//   passes.flow(field, n * n, {.g = 1, .c2 = -0.5, .h = 0.025});
//
// Fields are row by row. Pure functions on memory of the caller's; any thread.
#pragma once

#include <complex>
#include <cstddef>

namespace assay::cgl {

template <class Real>
struct CubicFlow {
    Real g = 1, c2 = 0, h = 0;
};

template <class Real>
struct PointwisePasses {
    using Complex = std::complex<Real>;

    // A by the exact solution of dA/dt = -(g + i c2)|A|^2 A after h:
    // s = 1 + 2 g |A|^2 h, A s^{-1/2} exp(-i c2 / (2 g) ln s); g = 0: A exp(-i c2 |A|^2 h).
    void (*flow)(Complex* field, std::size_t count, const CubicFlow<Real>& by);
    // A by -(g + i c2)|A|^2 A (h is not looked at), plus a forcing, unless that is nullptr.
    void (*cubic)(Complex* field,
                  std::size_t count,
                  const CubicFlow<Real>& by,
                  const Complex* forcing);
};

// Of this processor.
template <class Real>
const PointwisePasses<Real>& pointwise_passes() noexcept;

namespace v1 {
template <class Real>
const PointwisePasses<Real>& passes_of_level() noexcept;
}

namespace v3 {
template <class Real>
const PointwisePasses<Real>& passes_of_level() noexcept;
}

namespace v4 {
template <class Real>
const PointwisePasses<Real>& passes_of_level() noexcept;
}

} // namespace assay::cgl
