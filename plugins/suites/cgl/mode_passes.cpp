// Compiled once for each level of the processor (AssayIsaLevels.cmake).
#include "mode_passes.hpp"

#include "packed_complex.hpp"

#include <algorithm>

namespace assay::cgl::ASSAY_ISA_LEVEL {
namespace {

template <class Real>
const std::complex<Real>*
row_of(HalfPlane<Real> half_plane, std::size_t i, std::size_t n, std::size_t width) {
    return half_plane + std::min(i, n - i) * width;
}

// body(j) for the places of a row: as many at once as a vector has, then one by one.
template <class Real, class Body>
void along_row(std::size_t width, Body body) {
    using Wide = PackedComplex<Real, kWidest<Real>>;
    std::size_t j = 0;
    for (; j + Wide::kSize <= width; j += Wide::kSize) {
        body.template operator()<Wide>(j);
    }
    for (; j < width; ++j) {
        body.template operator()<PackedComplex<Real, 1>>(j);
    }
}

template <class Real>
void scale(std::complex<Real>* modes,
           std::size_t n,
           std::size_t width,
           const std::complex<Real>* down,
           const std::complex<Real>* along) {
    for (std::size_t i = 0; i < n; ++i) {
        std::complex<Real>* const v = modes + i * width;
        along_row<Real>(width, [&]<class Packed>(std::size_t j) {
            const Packed factor = product(Packed::all(down[i]), Packed::load(along + j));
            product(factor, Packed::load(v + j)).store(v + j);
        });
    }
}

template <class Real>
void two_terms(std::complex<Real>* out,
               std::size_t n,
               std::size_t width,
               const std::complex<Real>* x,
               HalfPlane<Real> a,
               const std::complex<Real>* y,
               HalfPlane<Real> b) {
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t first = i * width;
        const std::complex<Real>* const by_a = row_of<Real>(a, i, n, width);
        const std::complex<Real>* const by_b = row_of<Real>(b, i, n, width);
        along_row<Real>(width, [&]<class Packed>(std::size_t j) {
            SumOfProducts<Packed> sum;
            sum.add(Packed::load(by_a + j), Packed::load(x + first + j));
            sum.add(Packed::load(by_b + j), Packed::load(y + first + j));
            sum.total().store(out + first + j);
        });
    }
}

template <class Real>
void correct(std::complex<Real>* v,
             std::size_t n,
             std::size_t width,
             const std::complex<Real>* a,
             const std::complex<Real>* x,
             const std::complex<Real>* y,
             HalfPlane<Real> f) {
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t first = i * width;
        const std::complex<Real>* const by = row_of<Real>(f, i, n, width);
        along_row<Real>(width, [&]<class Packed>(std::size_t j) {
            const Packed difference = Packed::load(x + first + j) - Packed::load(y + first + j);
            (Packed::load(a + first + j) + product(Packed::load(by + j), difference))
                .store(v + first + j);
        });
    }
}

template <class Real>
void third_stage(std::complex<Real>* last,
                 std::size_t n,
                 std::size_t width,
                 const std::complex<Real>* x,
                 const std::complex<Real>* y,
                 HalfPlane<Real> e,
                 HalfPlane<Real> q,
                 std::complex<Real>* also) {
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t first = i * width;
        const std::complex<Real>* const by_e = row_of<Real>(e, i, n, width);
        const std::complex<Real>* const by_q = row_of<Real>(q, i, n, width);
        along_row<Real>(width, [&]<class Packed>(std::size_t j) {
            const Packed was = Packed::load(last + first + j);
            const Packed of_y = Packed::load(y + first + j);
            const Packed half = Packed::load(by_e + j);
            (Packed::load(also + first + j) + was).store(also + first + j);
            SumOfProducts<Packed> sum;
            sum.add(half, product(half, Packed::load(x + first + j)));
            sum.add(Packed::load(by_q + j), product(half, of_y) - of_y + was + was);
            sum.total().store(last + first + j);
        });
    }
}

template <class Real>
void last_stage(std::complex<Real>* v,
                std::size_t n,
                std::size_t width,
                HalfPlane<Real> e,
                const std::complex<Real>* x,
                HalfPlane<Real> f1,
                const std::complex<Real>* y,
                HalfPlane<Real> f2,
                const std::complex<Real>* z,
                HalfPlane<Real> f3) {
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t first = i * width;
        const std::complex<Real>* const by_e = row_of<Real>(e, i, n, width);
        const std::complex<Real>* const by_1 = row_of<Real>(f1, i, n, width);
        const std::complex<Real>* const by_2 = row_of<Real>(f2, i, n, width);
        const std::complex<Real>* const by_3 = row_of<Real>(f3, i, n, width);
        along_row<Real>(width, [&]<class Packed>(std::size_t j) {
            const Packed half = Packed::load(by_e + j);
            SumOfProducts<Packed> sum;
            sum.add(half, product(half, Packed::load(v + first + j)));
            sum.add(Packed::load(by_1 + j), Packed::load(x + first + j));
            sum.add(Packed::load(by_2 + j), Packed::load(y + first + j));
            sum.add(Packed::load(by_3 + j), Packed::load(z + first + j));
            sum.total().store(v + first + j);
        });
    }
}

template <class Real>
constexpr ModePasses<Real> kModePasses{.scale = scale<Real>,
                                       .two_terms = two_terms<Real>,
                                       .correct = correct<Real>,
                                       .third_stage = third_stage<Real>,
                                       .last_stage = last_stage<Real>};

} // namespace

template <class Real>
const ModePasses<Real>& mode_passes_of_level() noexcept {
    return kModePasses<Real>;
}

template const ModePasses<double>& mode_passes_of_level<double>() noexcept;
template const ModePasses<float>& mode_passes_of_level<float>() noexcept;

} // namespace assay::cgl::ASSAY_ISA_LEVEL
