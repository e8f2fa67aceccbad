// Numbers that begin at 64 bytes, as whole vectors of the processor are read.
//
//   VectorValues<float> rows(n * width);     // zero
//   loops.project({.rows = rows.data(), ...});
//
// A plain value. `RawValues` has room that is neither written nor, while nobody writes it, backed
// by memory: for tables of which some rows are used.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace assay::semantic_tokens {

inline constexpr std::size_t kVectorAlignment = 64;

template <class T>
struct VectorAllocator {
    using value_type = T;

    VectorAllocator() = default;

    template <class U>
    VectorAllocator(const VectorAllocator<U>&) noexcept {} // NOLINT(google-explicit-constructor)

    T* allocate(std::size_t n) {
        return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kVectorAlignment}));
    }

    void deallocate(T* at, std::size_t) noexcept {
        ::operator delete (at, std::align_val_t{kVectorAlignment});
    }

    friend bool operator==(const VectorAllocator&, const VectorAllocator&) noexcept { return true; }
};

template <class Real>
using VectorValues = std::vector<Real, VectorAllocator<Real>>;

template <class Real>
class RawValues {
public:
    explicit RawValues(std::size_t n)
        : values_(static_cast<Real*>(
              ::operator new (n * sizeof(Real), std::align_val_t{kVectorAlignment}))) {}

    [[nodiscard]] Real* data() const noexcept { return values_.get(); }

private:
    struct Free {
        void operator()(Real* at) const noexcept {
            ::operator delete (at, std::align_val_t{kVectorAlignment});
        }
    };

    std::unique_ptr<Real, Free> values_;
};

} // namespace assay::semantic_tokens
