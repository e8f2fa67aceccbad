// Reproducible random numbers: the same seed and stream give the same numbers wherever the text was
// drawn or a row was made.
//
//   SeededNumbers random(seed, stream);
//   random.below(6); random.unit(); random.normal()
//
// SplitMix64 (Steele, Lea & Flood 2014), normals by Box and Muller. A value; one per thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace assay::semantic_tokens {

class SeededNumbers {
public:
    SeededNumbers(std::uint64_t seed, std::uint64_t stream) noexcept
        : state_(mixed(mixed(seed) + stream)) {}

    std::uint64_t next() noexcept {
        state_ += 0x9E37'79B9'7F4A'7C15ull;
        return mixed(state_);
    }

    // [0, 1)
    double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // The few values that would favour small results are drawn again. `count` is at least 1.
    std::uint32_t below(std::uint32_t count) noexcept {
        const std::uint32_t refused = (0U - count) % count;
        for (;;) {
            const std::uint64_t product = (next() >> 32) * count;
            if (static_cast<std::uint32_t>(product) >= refused) {
                return static_cast<std::uint32_t>(product >> 32);
            }
        }
    }

    // Mean 0, deviation 1.
    double normal() noexcept {
        if (has_spare_) {
            has_spare_ = false;
            return spare_;
        }
        const double radius = std::sqrt(-2 * std::log1p(-unit()));
        const double angle = 2 * std::numbers::pi * unit();
        spare_ = radius * std::sin(angle);
        has_spare_ = true;
        return radius * std::cos(angle);
    }

private:
    static std::uint64_t mixed(std::uint64_t bits) noexcept {
        bits = (bits ^ (bits >> 30)) * 0xBF58'476D'1CE4'E5B9ull;
        bits = (bits ^ (bits >> 27)) * 0x94D0'49BB'1331'11EBull;
        return bits ^ (bits >> 31);
    }

    std::uint64_t state_;
    double spare_ = 0;
    bool has_spare_ = false;
};

} // namespace assay::semantic_tokens
