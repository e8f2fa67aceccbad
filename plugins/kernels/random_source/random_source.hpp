// Reproducible random numbers: the same seed gives the same bits on every machine and standard
// library (std::uniform_real_distribution does not promise that), so that a case has the same
// inputs everywhere.
//
//   RandomSource random(seed);
//   double share = random.unit();              // [0, 1)
//   std::uint32_t pick = random.below(count);  // 0 .. count - 1
//
// A value without hidden state; one per thread.
#pragma once

#include <cstdint>

namespace assay {

// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): every input bit reaches every output bit.
constexpr std::uint64_t scramble(std::uint64_t bits) noexcept {
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
    return bits ^ (bits >> 31);
}

// A seed of its own for each purpose, so that two streams made from one seed do not follow each
// other.
constexpr std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t purpose) noexcept {
    return scramble(seed + scramble(purpose + 0x9E3779B97F4A7C15ull));
}

class RandomSource {
public:
    explicit constexpr RandomSource(std::uint64_t seed) noexcept
        : state_(seed) {}

    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15ull;
        return scramble(state_);
    }

    // All 53 bits of a double's fraction; never 1.
    constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // Without bias: the few values that would favour small results are drawn again (Lemire 2019).
    // `count` is at least 1.
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

} // namespace assay
