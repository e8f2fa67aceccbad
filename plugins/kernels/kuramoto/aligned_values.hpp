// Numbers that whole vectors of the processor are read from: begin at a line of its cache, and have
// room up to a multiple of eight, which loops may read and write.
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
#include <sys/mman.h>
#include <vector>

namespace assay::kuramoto {

inline constexpr std::size_t kVectorBytes = 64;
inline constexpr std::size_t kVectorValues = kVectorBytes / sizeof(double);

inline constexpr std::size_t kPageBytes = 4096;
inline constexpr std::size_t kStagger = 9 * kVectorValues;

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
        const std::size_t bytes = n * sizeof(T);
        void* const at = ::operator new(bytes, alignment_of(bytes));
        if (bytes >= kHugeFrom) {
            static_cast<void>(::madvise(at, bytes, MADV_HUGEPAGE)); // no: as it was
        }
        return static_cast<T*>(at);
    }

    void deallocate(T* at, std::size_t n) noexcept {
        ::operator delete(at, alignment_of(n * sizeof(T)));
    }

    static std::align_val_t alignment_of(std::size_t bytes) noexcept {
        return std::align_val_t{bytes >= kHugeFrom ? (std::size_t{2} << 20) : kPageBytes};
    }

    static constexpr std::size_t kHugeFrom = std::size_t{4} << 20;

    friend bool operator==(const VectorAllocator&, const VectorAllocator&) noexcept { return true; }
};

class AlignedValues {
public:
    AlignedValues() = default;

    // `stagger`, 0 to 6: arrays that one loop walks together have different ones. Where two lie a
    // multiple of 4 096 bytes apart, a processor takes what is read of one for what is just being
    // written to the other, and waits.
    explicit AlignedValues(std::size_t n, std::size_t stagger = 0)
        : size_(n)
        , begin_(stagger * kStagger)
        , values_(begin_ + padded(n), 0.0) {}

    explicit AlignedValues(std::span<const double> values)
        : AlignedValues(values.size()) {
        assign(values);
    }

    // As many as there is room for; what is beyond them becomes 0.
    void assign(std::span<const double> values) noexcept {
        std::fill(values_.begin(), values_.end(), 0.0);
        std::ranges::copy(values.first(std::min(values.size(), size_)), data());
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    [[nodiscard]] double* data() noexcept { return values_.data() + begin_; }

    [[nodiscard]] const double* data() const noexcept { return values_.data() + begin_; }

    [[nodiscard]] std::span<const double> values() const noexcept { return {data(), size_}; }

private:
    std::size_t size_ = 0, begin_ = 0;
    std::vector<double, VectorAllocator<double>> values_;
};

} // namespace assay::kuramoto
