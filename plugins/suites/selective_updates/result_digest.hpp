// Follows a stream of results for the batch's checksum: every bit of every number counts.
//
//   ResultDigest digest;
//   digest.add(energy.value());
//   batch.checksum(digest.value());
//
// A plain value.
#pragma once

#include <bit>
#include <cstdint>

namespace assay::selective_updates {

class ResultDigest {
public:
    void add(double number) noexcept {
        sum_ = (sum_ ^ std::bit_cast<std::uint64_t>(number)) * 0xBF58476D1CE4E5B9ull;
        sum_ ^= sum_ >> 29;
    }

    // Never 0, which would mean: no digest.
    [[nodiscard]] std::uint64_t value() const noexcept { return sum_ == 0 ? 1 : sum_; }

private:
    std::uint64_t sum_ = 0x9E3779B97F4A7C15ull;
};

} // namespace assay::selective_updates
