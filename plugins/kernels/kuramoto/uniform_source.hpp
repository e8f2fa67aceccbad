// Reproducible random numbers: the same seed gives the same bits on every machine and standard
// library, which the distributions of <random> do not promise.
//
//   UniformSource random(seed);
//   const double share = random.unit();        // [0, 1)
//   const std::uint32_t pick = random.below(count);
//
// SplitMix64 (Steele, Lea & Flood 2014). A value; one per thread.
#pragma once

#include <cstdint>

namespace assay::kuramoto {

class UniformSource {
public:
    explicit constexpr UniformSource(std::uint64_t seed) noexcept
        : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t bits = state_;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
        return bits ^ (bits >> 31);
    }

    constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // The few values that would favour small results are drawn again. `count` is at least 1.
    constexpr std::uint32_t below(std::uint32_t count) noexcept {
        const std::uint32_t refused = (0u - count) % count;
        for (;;) {
            const std::uint64_t product = (next() >> 32) * count;
            if (static_cast<std::uint32_t>(product) >= refused) {
                return static_cast<std::uint32_t>(product >> 32);
            }
        }
    }

private:
    std::uint64_t state_;
};

} // namespace assay::kuramoto
