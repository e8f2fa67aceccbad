// Seeds of batches, derived from the launch's seed. Recorded slice number i of every launch with
// the same seed gets the same inputs, in both builds of a pair; everything else draws from streams
// of its own. Pure.
#pragma once

#include <cstdint>

namespace assay::measure {

enum class SeedStream : std::uint64_t {
    slice = 1,
    lead_in = 2,
    calibration = 3,
    warm_up = 4,
    scaling = 5
};

// SplitMix64 over (seed, stream, index): neighbouring indexes give unrelated seeds. Never 0, which
// some generators do not take.
constexpr std::uint64_t
input_seed(std::uint64_t seed, SeedStream stream, std::uint64_t index) noexcept {
    std::uint64_t x = 0;
    const auto mix = [&x](std::uint64_t with) {
        x += 0x9E3779B97F4A7C15u + with;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
        x ^= x >> 31;
    };
    mix(seed); // one after the other: seed + stream would meet for neighbours
    mix(static_cast<std::uint64_t>(stream));
    mix(index);
    return x == 0 ? 1 : x;
}

} // namespace assay::measure
