#include "support/latency_histogram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

using namespace assay;

namespace {

// Durations over nine powers of ten, seeded.
std::vector<std::uint64_t> durations(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(random() >> (random() % 60));
    }
    return all;
}

LatencyHistogram histogram_of(const std::vector<std::uint64_t>& all) {
    LatencyHistogram histogram;
    for (const std::uint64_t ns : all) {
        histogram.record(ns);
    }
    return histogram;
}

std::string words(std::initializer_list<std::uint64_t> all) {
    std::string bytes;
    for (const std::uint64_t word : all) {
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    return bytes;
}

} // namespace

TEST_CASE("every duration lies in its bucket, which is no wider than a thousandth of it") {
    for (const std::uint64_t ns : durations(20'000, 1)) {
        CAPTURE(ns);
        const std::uint32_t index = LatencyHistogram::index_of(ns);
        const std::uint64_t low = LatencyHistogram::lowest_of(index);
        const std::uint64_t high = LatencyHistogram::highest_of(index);
        REQUIRE(index < LatencyHistogram::kBuckets);
        REQUIRE(low <= ns);
        REQUIRE(ns <= high);
        REQUIRE(static_cast<double>(high - low) <= static_cast<double>(low) / 1024);
    }
}

TEST_CASE("buckets follow one another without a gap, up to the longest duration there is") {
    for (std::uint32_t index = 0; index + 1 < LatencyHistogram::kBuckets; ++index) {
        REQUIRE(LatencyHistogram::highest_of(index) + 1 == LatencyHistogram::lowest_of(index + 1));
    }
    CHECK(LatencyHistogram::lowest_of(0) == 0);
    CHECK(LatencyHistogram::highest_of(LatencyHistogram::kBuckets - 1) == UINT64_MAX);
    CHECK(LatencyHistogram::index_of(UINT64_MAX) == LatencyHistogram::kBuckets - 1);
}

TEST_CASE("below 2 048 ns every nanosecond is told from the next") {
    for (std::uint64_t ns = 0; ns < 2048; ++ns) {
        REQUIRE(LatencyHistogram::lowest_of(LatencyHistogram::index_of(ns)) == ns);
        REQUIRE(LatencyHistogram::highest_of(LatencyHistogram::index_of(ns)) == ns);
    }
}

TEST_CASE("quantiles are those of the listed durations within half a thousandth") {
    std::vector<std::uint64_t> all = durations(9'999, 2);
    const LatencyHistogram histogram = histogram_of(all);
    std::sort(all.begin(), all.end());
    for (const double p : {0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0}) {
        CAPTURE(p);
        const double position = p * 9'998;
        const auto below = static_cast<std::size_t>(position);
        const double low = static_cast<double>(all[below]);
        const double high = static_cast<double>(all[std::min<std::size_t>(below + 1, 9'998)]);
        const double expected = std::lerp(low, high, position - std::floor(position));
        CHECK(histogram.quantile(p) == doctest::Approx(expected).epsilon(1.0 / 2048));
    }
    CHECK(histogram.count() == 9'999);
    CHECK(histogram.min_ns() == all.front());
    CHECK(histogram.max_ns() == all.back());
}

TEST_CASE("short durations have their quantiles exactly, between two of them as type 7 says") {
    const LatencyHistogram histogram = histogram_of({100, 200, 300, 400});
    CHECK(histogram.quantile(0.5) == 250);
    CHECK(histogram.quantile(0.25) == 175);
    CHECK(histogram.quantile(1) == 400);
    CHECK(std::isnan(LatencyHistogram{}.quantile(0.5)));
    CHECK(std::isnan(histogram.quantile(std::nan(""))));
}

TEST_CASE("what is read from a histogram never lies outside of what was recorded") {
    LatencyHistogram histogram;
    histogram.record(1'000'000'007, 3);
    CHECK(histogram.quantile(0.5) == 1'000'000'007.0);
    CHECK(histogram.count() == 3);
    histogram.record(5, 0);
    CHECK(histogram.count() == 3);
    CHECK(histogram.min_ns() == 1'000'000'007);
}

TEST_CASE("histograms of parts add up to the histogram of the whole, in any order") {
    const std::vector<std::uint64_t> all = durations(3'000, 3);
    LatencyHistogram parts;
    parts.merge({});
    for (std::size_t part = 3; part-- > 0;) {
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(part * 1000);
        parts.merge(histogram_of({begin, begin + 1000}));
    }
    parts.merge({});
    CHECK(parts == histogram_of(all));
    CHECK(parts.min_ns() == *std::min_element(all.begin(), all.end()));
    CHECK(LatencyHistogram{}.max_ns() == 0);
    CHECK(LatencyHistogram{}.min_ns() == 0);
}

TEST_CASE("a histogram survives the wire, an empty one too") {
    const LatencyHistogram histogram = histogram_of(durations(5'000, 4));
    const auto read = LatencyHistogram::decode(histogram.encode());
    REQUIRE(read.ok());
    CHECK(*read == histogram);
    CHECK(read->quantile(0.9) == histogram.quantile(0.9));
    CHECK(read->min_ns() == histogram.min_ns());
    CHECK(LatencyHistogram{}.encode().empty());
    REQUIRE(LatencyHistogram::decode("").ok());
    CHECK(LatencyHistogram::decode("")->empty());
}

TEST_CASE("bytes that no histogram encodes to are refused") {
    REQUIRE(LatencyHistogram::decode(words({7, 9, 7, 1, 9, 2})).ok());
    const std::pair<std::string, const char*> wrong[] = {
        {"12345678", "no whole number of buckets"},
        {words({7, 9, 7, 1, 9, 2}).substr(1), "no whole number of buckets"},
        {words({7, 9}), "no whole number of buckets"},
        {words({7, 9, 9, 2, 7, 1}), "expected 10 to"},
        {words({7, 7, 7, 1, 7, 1}), "expected 8 to"},
        {words({7, 9, 7, 1, LatencyHistogram::kBuckets, 2}), "has bucket 56320"},
        {words({7, 9, 7, 0, 9, 2}), "impossible count 0"},
        {words({7, 9, 7, UINT64_MAX, 9, 2}), "impossible count"},
        {words({7, 9, 7, std::uint64_t{1} << 53, 9, 1}), "impossible count 1"},
        {words({8, 9, 7, 1, 9, 2}), "which its buckets do not"},
        {words({7, 10, 7, 1, 9, 2}), "which its buckets do not"},
        {words({9, 7, 7, 1, 9, 2}), "which its buckets do not"},
    };
    for (const auto& [bytes, part] : wrong) {
        CAPTURE(part);
        const auto read = LatencyHistogram::decode(bytes);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().kind == ErrorKind::protocol);
        CHECK_MESSAGE(read.error().message.find(part) != std::string::npos, read.error().message);
    }
}
