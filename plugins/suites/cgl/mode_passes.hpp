// The passes over the modes of a field: what Strang's splitting and the exponential integrators do
// between transforms. Made for each level of the processor.
//
//   const ModePasses<double>& passes = mode_passes<double>();
//   passes.scale(modes, n, width, axis, axis + first_column);
//
// Modes are n rows of `width`: a block of columns. Pure functions on memory of the caller's; any
// thread.
#pragma once

#include <complex>
#include <cstddef>

namespace assay::cgl {

// Factors of modes that depend on |m| alone along the columns: n/2 + 1 rows of `width`.
template <class Real>
using HalfPlane = const std::complex<Real>*;

template <class Real>
struct ModePasses {
    using Complex = std::complex<Real>;

    // v_ij by down_i along_j: n and `width` values.
    void (*scale)(Complex* modes,
                  std::size_t n,
                  std::size_t width,
                  const Complex* down,
                  const Complex* along);
    // out = a x + b y. `out` may be x or y.
    void (*two_terms)(Complex* out,
                      std::size_t n,
                      std::size_t width,
                      const Complex* x,
                      HalfPlane<Real> a,
                      const Complex* y,
                      HalfPlane<Real> b);
    // v = a + f (x - y). `v` may be a.
    void (*correct)(Complex* v,
                    std::size_t n,
                    std::size_t width,
                    const Complex* a,
                    const Complex* x,
                    const Complex* y,
                    HalfPlane<Real> f);
    // last = e^2 x + q ((e - 1) y + 2 last); also = also + last, as it was.
    void (*third_stage)(Complex* last,
                        std::size_t n,
                        std::size_t width,
                        const Complex* x,
                        const Complex* y,
                        HalfPlane<Real> e,
                        HalfPlane<Real> q,
                        Complex* also);
    // v = e^2 v + f1 x + f2 y + f3 z.
    void (*last_stage)(Complex* v,
                       std::size_t n,
                       std::size_t width,
                       HalfPlane<Real> e,
                       const Complex* x,
                       HalfPlane<Real> f1,
                       const Complex* y,
                       HalfPlane<Real> f2,
                       const Complex* z,
                       HalfPlane<Real> f3);
};

// Of this processor.
template <class Real>
const ModePasses<Real>& mode_passes() noexcept;

namespace v1 {
template <class Real>
const ModePasses<Real>& mode_passes_of_level() noexcept;
}

namespace v3 {
template <class Real>
const ModePasses<Real>& mode_passes_of_level() noexcept;
}

namespace v4 {
template <class Real>
const ModePasses<Real>& mode_passes_of_level() noexcept;
}

} // namespace assay::cgl
