// Reproducible random numbers: equal seeds give equal bits on every machine.
//
//   RandomNumbers random(seed);
//   if (random.unit() < 0.2) { ... random.below(10) ... }
//
// A value; one per thread.
#pragma once

#include <cstdint>

namespace assay::policy_decision {

// SplitMix64 (Steele, Lea & Flood 2014).
class RandomNumbers {
public:
    explicit constexpr RandomNumbers(std::uint64_t seed) noexcept
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

    // 0 .. count - 1; the bias of the 32 upper bits is below what inputs of a test need.
    constexpr std::uint32_t below(std::uint32_t count) noexcept {
        return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
    }

private:
    std::uint64_t state_;
};

} // namespace assay::policy_decision
