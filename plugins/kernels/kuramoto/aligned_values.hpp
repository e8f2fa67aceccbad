// Numbers that whole vectors of the processor are read from: begin at 64 bytes, and have room up to
// a multiple of eight, which loops may read and write.
//
//   AlignedValues theta(5);           // eight numbers of room, five of them meant
//   loops.sincos(theta.data(), ..., theta.size());
//
// A plain value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>
#include <vector>

namespace assay::kuramoto {

inline constexpr std::size_t kVectorBytes = 64;
inline constexpr std::size_t kVectorValues = kVectorBytes / sizeof(double);

constexpr std::size_t padded(std::size_t n) noexcept {
    return (n + kVectorValues - 1) / kVectorValues * kVectorValues;
}

template <class T>
struct VectorAllocator {
    using value_type = T;

    VectorAllocator() = default;

    template <class U>
    VectorAllocator(const VectorAllocator<U>&) noexcept {} // NOLINT(google-explicit-constructor)

    T* allocate(std::size_t n) {
        return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kVectorBytes}));
    }

    void deallocate(T* at, std::size_t) noexcept {
        ::operator delete (at, std::align_val_t{kVectorBytes});
    }

    friend bool operator==(const VectorAllocator&, const VectorAllocator&) noexcept { return true; }
};

class AlignedValues {
public:
    AlignedValues() = default;

    explicit AlignedValues(std::size_t n)
        : size_(n)
        , values_(padded(n), 0.0) {}

    explicit AlignedValues(std::span<const double> values)
        : AlignedValues(values.size()) {
        assign(values);
    }

    // As many as there is room for; what is beyond them becomes 0.
    void assign(std::span<const double> values) noexcept {
        const auto end =
            std::copy_n(values.begin(), std::min(values.size(), size_), values_.begin());
        std::fill(end, values_.end(), 0.0);
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    [[nodiscard]] double* data() noexcept { return values_.data(); }

    [[nodiscard]] const double* data() const noexcept { return values_.data(); }

    [[nodiscard]] std::span<const double> values() const noexcept {
        return {values_.data(), size_};
    }

private:
    std::size_t size_ = 0;
    std::vector<double, VectorAllocator<double>> values_;
};

} // namespace assay::kuramoto
