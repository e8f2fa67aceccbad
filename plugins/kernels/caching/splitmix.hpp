// Reproducible random numbers: equal seeds give equal bits on every machine.
//
//   SplitMix random(seed);
//   words[random.below(words.size())];
//
// SplitMix64 (Steele, Lea & Flood 2014). A value; one per thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::caching {

class SplitMix {
public:
    explicit constexpr SplitMix(std::uint64_t seed) noexcept
        : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t bits = state_;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
        return bits ^ (bits >> 31);
    }

    // [0, 1)
    constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // 0 .. count - 1, count below 2^32; its bias is below what a choice of words needs.
    constexpr std::size_t below(std::size_t count) noexcept {
        return static_cast<std::size_t>(((next() >> 32) * count) >> 32);
    }

private:
    std::uint64_t state_;
};

} // namespace assay::caching
