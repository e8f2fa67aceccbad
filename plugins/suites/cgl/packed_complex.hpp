// Some complex numbers in one vector of the processor, real and imaginary parts in turn as in
// memory. For files that are compiled once for each level (AssayIsaLevels.cmake).
//
//   using Packed = PackedComplex<double, kWidest<double>>;
//   SumOfProducts<Packed> sum;
//   sum.add(Packed::load(e + j), Packed::load(x + j));     // + e x
//   sum.total().store(out + j);
//
// A product c z is re(c) z + im(c) i z: what a compiler makes of std::complex takes half as many
// shuffles again, and of those a processor does one at a time. Sums of products share the last.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace assay::cgl::ASSAY_ISA_LEVEL {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t kVectorBytes = 64;
#elif defined(__AVX__)
constexpr std::size_t kVectorBytes = 32;
#else
constexpr std::size_t kVectorBytes = 16;
#endif

template <class Real>
constexpr std::size_t kWidest = kVectorBytes / sizeof(std::complex<Real>);

template <class Real, std::size_t kCount>
class PackedComplex {
    static constexpr std::size_t kReals = 2 * kCount;
    using Index = std::conditional_t<sizeof(Real) == 8, std::int64_t, std::int32_t>;
    using Vector [[gnu::vector_size(kReals * sizeof(Real))]] = Real;
    // In memory: wherever a Real may lie.
    using Loose
        [[gnu::vector_size(kReals * sizeof(Real)), gnu::aligned(alignof(Real)), gnu::may_alias]] =
            Real;
    using Places [[gnu::vector_size(kReals * sizeof(Real))]] = Index;

public:
    static constexpr std::size_t kSize = kCount;

    static PackedComplex load(const std::complex<Real>* from) {
        return PackedComplex(*reinterpret_cast<const Loose*>(from));
    }

    void store(std::complex<Real>* to) const { *reinterpret_cast<Loose*>(to) = parts_; }

    // One number in every place.
    static PackedComplex all(const std::complex<Real>& value) {
        return PackedComplex(
            parts_of([&](std::size_t i) { return i % 2 == 0 ? value.real() : value.imag(); },
                     std::make_index_sequence<kReals>()));
    }

    static PackedComplex zero() { return PackedComplex(Vector{}); }

    friend PackedComplex operator+(PackedComplex a, PackedComplex b) {
        return PackedComplex(a.parts_ + b.parts_);
    }

    friend PackedComplex operator-(PackedComplex a, PackedComplex b) {
        return PackedComplex(a.parts_ - b.parts_);
    }

    // Part by part.
    [[nodiscard]] PackedComplex parts_times(PackedComplex other) const {
        return PackedComplex(parts_ * other.parts_);
    }

    [[nodiscard]] PackedComplex reals() const { return shuffled<0, 0>(); }

    [[nodiscard]] PackedComplex imaginaries() const { return shuffled<1, 1>(); }

    // Imaginary and real parts in each other's places.
    [[nodiscard]] PackedComplex swapped() const { return shuffled<1, 0>(); }

private:
    explicit PackedComplex(Vector parts)
        : parts_(parts) {}

    template <class Of, std::size_t... kPlaces>
    static Vector parts_of(Of of, std::index_sequence<kPlaces...>) {
        return Vector{of(kPlaces)...};
    }

    // Of every pair, the parts at those two places.
    template <std::size_t kFirst, std::size_t kSecond>
    [[nodiscard]] PackedComplex shuffled() const {
        return shuffled_to<kFirst, kSecond>(std::make_index_sequence<kReals>());
    }

    template <std::size_t kFirst, std::size_t kSecond, std::size_t... kPlaces>
    [[nodiscard]] PackedComplex shuffled_to(std::index_sequence<kPlaces...>) const {
        constexpr Places kFrom{
            static_cast<Index>(kPlaces - kPlaces % 2 + (kPlaces % 2 == 0 ? kFirst : kSecond))...};
        return PackedComplex(__builtin_shuffle(parts_, kFrom));
    }

    Vector parts_;
};

template <class Packed>
class SumOfProducts {
public:
    void add(Packed factor, Packed z) {
        straight_ = straight_ + factor.reals().parts_times(z);
        crossed_ = crossed_ + factor.imaginaries().parts_times(z.swapped());
    }

    // i (a + ib) = -b + ia: the sign of the crossed parts.
    [[nodiscard]] Packed total() const {
        return straight_ + crossed_.parts_times(Packed::all({-1, 1}));
    }

private:
    Packed straight_ = Packed::zero(), crossed_ = Packed::zero();
};

template <class Packed>
Packed product(Packed factor, Packed z) {
    SumOfProducts<Packed> sum;
    sum.add(factor, z);
    return sum.total();
}

} // namespace
} // namespace assay::cgl::ASSAY_ISA_LEVEL
