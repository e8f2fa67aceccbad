// Draws for resampling: the same numbers on every platform, which the distributions of <random> do
// not promise. SplitMix64 (Steele, Lea & Flood, 2014).
//
//   RandomIndex random(seed);
//   double drawn = values[random.below(values.size())];
//
// One per thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::statistics {

class RandomIndex {
public:
    explicit RandomIndex(std::uint64_t seed) noexcept
        : state_(seed) {}

    // In [0, size), by the upper half of a 32 x 32 bit product (Lemire, 2019); its bias is below
    // size / 2^32.
    std::size_t below(std::uint32_t size) noexcept {
        return static_cast<std::size_t>(((next() >> 32) * size) >> 32);
    }

private:
    std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    std::uint64_t state_;
};

} // namespace assay::statistics
