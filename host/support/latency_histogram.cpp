#include "support/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace assay {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
// What comes from outside must be countable in a double too; 100 days of one operation per ns.
constexpr std::uint64_t kCountMax = std::uint64_t{1} << 53;

static_assert(std::endian::native == std::endian::little, "the wire is little endian");

void append(std::string& bytes, std::uint64_t word) {
    bytes.append(reinterpret_cast<const char*>(&word), kWord);
}

std::uint64_t word_at(std::string_view bytes, std::size_t index) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + index * kWord, kWord);
    return word;
}

Error malformed(const std::string& what) {
    return Error{ErrorKind::protocol, "a histogram of latencies " + what, {}};
}

} // namespace

void LatencyHistogram::record(std::uint64_t ns, std::uint64_t times) {
    if (times == 0) {
        return;
    }
    const std::uint32_t index = index_of(ns);
    const std::size_t row = index / kSubBuckets;
    if (row >= rows_.size()) {
        rows_.resize(row + 1);
    }
    if (rows_[row].empty()) {
        rows_[row].resize(kSubBuckets);
    }
    rows_[row][index % kSubBuckets] += times;
    count_ += times;
    min_ = std::min(min_, ns);
    max_ = std::max(max_, ns);
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
    rows_.resize(std::max(rows_.size(), other.rows_.size()));
    for (std::size_t row = 0; row < other.rows_.size(); ++row) {
        rows_[row].resize(std::max(rows_[row].size(), other.rows_[row].size()));
        std::transform(other.rows_[row].begin(),
                       other.rows_[row].end(),
                       rows_[row].begin(),
                       rows_[row].begin(),
                       std::plus<>());
    }
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const {
    std::vector<Bucket> held;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        for (std::size_t column = 0; column < rows_[row].size(); ++column) {
            if (const std::uint64_t count = rows_[row][column]; count > 0) {
                const auto index = static_cast<std::uint32_t>(row * kSubBuckets + column);
                held.push_back({lowest_of(index), highest_of(index), count});
            }
        }
    }
    return held;
}

double LatencyHistogram::typical_ns(const Bucket& bucket) const noexcept {
    const auto low = static_cast<double>(bucket.low_ns);
    const double middle = low + static_cast<double>(bucket.high_ns - bucket.low_ns) / 2;
    return std::clamp(middle, static_cast<double>(min_ns()), static_cast<double>(max_ns()));
}

double LatencyHistogram::value_at(std::uint64_t rank) const {
    if (rank == 0) {
        return static_cast<double>(min_); // these two are known better than by their bucket
    }
    if (rank + 1 >= count_) {
        return static_cast<double>(max_);
    }
    std::uint64_t passed = 0;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        for (std::size_t column = 0; column < rows_[row].size(); ++column) {
            passed += rows_[row][column];
            if (passed > rank) {
                const auto index = static_cast<std::uint32_t>(row * kSubBuckets + column);
                return typical_ns({lowest_of(index), highest_of(index), rows_[row][column]});
            }
        }
    }
    return static_cast<double>(max_);
}

double LatencyHistogram::quantile(double p) const {
    if (empty() || std::isnan(p)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double position = std::clamp(p, 0.0, 1.0) * static_cast<double>(count_ - 1);
    const auto below = static_cast<std::uint64_t>(position);
    const double fraction = position - static_cast<double>(below);
    const double low = value_at(below);
    return fraction > 0 ? std::lerp(low, value_at(below + 1), fraction) : low;
}

std::string LatencyHistogram::encode() const {
    std::string bytes;
    if (empty()) {
        return bytes;
    }
    append(bytes, min_);
    append(bytes, max_);
    for (const Bucket& bucket : buckets()) {
        append(bytes, index_of(bucket.low_ns));
        append(bytes, bucket.count);
    }
    return bytes;
}

Result<LatencyHistogram> LatencyHistogram::decode(std::string_view bytes) {
    LatencyHistogram histogram;
    if (bytes.empty()) {
        return histogram;
    }
    if (bytes.size() % (2 * kWord) != 0 || bytes.size() < 4 * kWord) {
        return malformed("has " + std::to_string(bytes.size()) +
                         " bytes, which are no limits and no whole number of buckets");
    }
    const std::uint64_t min = word_at(bytes, 0);
    const std::uint64_t max = word_at(bytes, 1);
    std::uint64_t next = 0; // the least bucket that may come
    for (std::size_t at = 2; at < bytes.size() / kWord; at += 2) {
        const std::uint64_t index = word_at(bytes, at);
        const std::uint64_t count = word_at(bytes, at + 1);
        if (index < next || index >= kBuckets) {
            return malformed("has bucket " + std::to_string(index) + ", expected " +
                             std::to_string(next) + " to " + std::to_string(kBuckets - 1));
        }
        if (count == 0 || count > kCountMax - histogram.count_) {
            return malformed("has the impossible count " + std::to_string(count) + " in bucket " +
                             std::to_string(index));
        }
        next = index + 1;
        histogram.record(lowest_of(static_cast<std::uint32_t>(index)), count);
    }
    // `record` has seen the lower ends of the outer buckets: the limits must lie in those two.
    if (min > max || index_of(min) != index_of(histogram.min_) ||
        index_of(max) != index_of(histogram.max_)) {
        return malformed("lies from " + std::to_string(min) + " to " + std::to_string(max) +
                         " ns, which its buckets do not");
    }
    histogram.min_ = min;
    histogram.max_ = max;
    return histogram;
}

bool LatencyHistogram::operator==(const LatencyHistogram& other) const {
    return encode() == other.encode();
}

} // namespace assay
