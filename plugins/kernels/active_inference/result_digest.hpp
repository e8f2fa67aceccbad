// Follows results bit for bit: every value changes all that comes after it.
//
//   ResultDigest digest;
//   for (...) digest.add(q.values());
//   batch.checksum(digest.value());
//
// A plain value. Some five cycles a value, which is why large results are digested untimed.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace assay::active_inference {

class ResultDigest {
public:
    void add(double value) noexcept { add(std::bit_cast<std::uint64_t>(value)); }

    void add(std::uint64_t bits) noexcept {
        sum_ = (sum_ ^ bits) * 0xBF58476D1CE4E5B9ull;
        sum_ ^= sum_ >> 29;
    }

    void add(std::span<const double> values) noexcept {
        for (const double value : values) {
            add(value);
        }
    }

    // Never 0, which would mean: no digest.
    [[nodiscard]] std::uint64_t value() const noexcept { return sum_ == 0 ? 1 : sum_; }

private:
    std::uint64_t sum_ = 0x9E3779B97F4A7C15ull;
};

} // namespace assay::active_inference
