// Durations of single operations, counted instead of listed: a hundred million of them take some
// tens of kilobytes, and histograms of several launches add up to the histogram of all.
//
//   LatencyHistogram histogram;
//   histogram.record(duration_ns);
//   histogram.merge(other_launch);
//   double p99_ns = histogram.quantile(0.99);
//
// Log-linear: exact below 2 048 ns, above that 1 024 buckets per power of two, so that a value
// read from a bucket is within 1/2 048 of the one recorded. Count, minimum and maximum are exact.
// It lives in support/ because the measuring loop fills it, the wire carries it and statistics
// reads it. A plain value; not thread-safe. Recording allocates only in a new power of two.
#pragma once

#include "support/result.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class LatencyHistogram {
public:
    static constexpr std::uint32_t kSubBuckets = 1024;    // per power of two
    static constexpr std::uint32_t kBuckets = 1024 * 55;  // of all 64 bits
    static constexpr std::uint64_t kExactBelow_ns = 2048; // a bucket for every nanosecond

    // Of those that hold anything: the smallest and the largest duration it can hold.
    struct Bucket {
        std::uint64_t low_ns = 0, high_ns = 0, count = 0;
    };

    static constexpr std::uint32_t index_of(std::uint64_t ns) noexcept;
    static constexpr std::uint64_t lowest_of(std::uint32_t index) noexcept;
    static constexpr std::uint64_t highest_of(std::uint32_t index) noexcept;

    void record(std::uint64_t ns, std::uint64_t times = 1);
    void merge(const LatencyHistogram& other);

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

    // 0 when nothing was recorded.
    [[nodiscard]] std::uint64_t min_ns() const noexcept { return empty() ? 0 : min_; }

    [[nodiscard]] std::uint64_t max_ns() const noexcept { return max_; }

    // Type-7 quantile as of the listed durations (statistics/summary.hpp), each of them standing
    // in the middle of its bucket; NaN when nothing was recorded.
    [[nodiscard]] double quantile(double p) const;
    // Ascending, none empty.
    [[nodiscard]] std::vector<Bucket> buckets() const;
    // What a duration in that bucket is taken for: its middle, within what was recorded at all.
    [[nodiscard]] double typical_ns(const Bucket& bucket) const noexcept;

    // For the wire, little endian: u64 minimum, u64 maximum, then {u64 bucket, u64 count} of those
    // that hold anything, ascending. Nothing recorded: no bytes.
    [[nodiscard]] std::string encode() const;
    // Refuses what encode() cannot have written.
    static Result<LatencyHistogram> decode(std::string_view bytes);

    bool operator==(const LatencyHistogram& other) const;

private:
    [[nodiscard]] double value_at(std::uint64_t rank) const;

    // One row per power of two (the first two are those below 2 048), empty until it is needed.
    std::vector<std::vector<std::uint64_t>> rows_;
    std::uint64_t count_ = 0, min_ = UINT64_MAX, max_ = 0;
};

constexpr std::uint32_t LatencyHistogram::index_of(std::uint64_t ns) noexcept {
    const auto bits = static_cast<std::uint32_t>(std::bit_width(ns));
    const std::uint32_t shift = bits <= 11 ? 0 : bits - 11; // bits that the bucket forgets
    return shift * kSubBuckets + static_cast<std::uint32_t>(ns >> shift);
}

constexpr std::uint64_t LatencyHistogram::lowest_of(std::uint32_t index) noexcept {
    const std::uint32_t shift = index < kExactBelow_ns ? 0 : index / kSubBuckets - 1;
    return std::uint64_t{index - shift * kSubBuckets} << shift;
}

constexpr std::uint64_t LatencyHistogram::highest_of(std::uint32_t index) noexcept {
    const std::uint32_t shift = index < kExactBelow_ns ? 0 : index / kSubBuckets - 1;
    return lowest_of(index) + ((std::uint64_t{1} << shift) - 1);
}

} // namespace assay
