#include "statistics/latency_summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace latency_summary_test {

using namespace assay;
using namespace assay::statistics;

namespace {

// Log-normal durations around `typical_ns`, seeded.
std::vector<std::uint64_t> operations(std::size_t count, double typical_ns, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(
            static_cast<std::uint64_t>(std::lround(typical_ns * std::exp(0.3 * normal(random)))));
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

const Percentile& named(const LatencySummary& latency, std::string_view name) {
    const auto found = std::ranges::find(latency.percentiles, name, &Percentile::name);
    REQUIRE(found != latency.percentiles.end());
    return *found;
}

} // namespace

TEST_CASE("the figures of histograms are those of the listed operations within a thousandth") {
    std::vector<std::vector<double>> listed;
    std::vector<LatencyHistogram> counted;
    for (std::uint64_t launch = 0; launch < 7; ++launch) {
        const auto all = operations(2'000, 50'000, launch);
        counted.push_back(histogram_of(all));
        std::vector<double>& seconds = listed.emplace_back();
        for (const std::uint64_t ns : all) {
            seconds.push_back(static_cast<double>(ns) * 1e-9);
        }
    }
    const Summary expected = summarise(listed);
    const Summary found = summarise_latency(counted).summary;
    CHECK(found.n == expected.n);
    const std::pair<double, double> figures[] = {{found.median, expected.median},
                                                 {found.mean, expected.mean},
                                                 {found.stddev, expected.stddev},
                                                 {found.mad, expected.mad},
                                                 {found.cv, expected.cv},
                                                 {found.p05, expected.p05},
                                                 {found.p25, expected.p25},
                                                 {found.p75, expected.p75},
                                                 {found.p90, expected.p90},
                                                 {found.p95, expected.p95},
                                                 {found.p99, expected.p99},
                                                 {found.p999, expected.p999},
                                                 {found.interval->low, expected.interval->low},
                                                 {found.interval->high, expected.interval->high}};
    for (const auto& [one, other] : figures) {
        CHECK(one == doctest::Approx(other).epsilon(2e-3));
    }
    CHECK(found.min == doctest::Approx(expected.min).epsilon(1e-12));
    CHECK(found.max == doctest::Approx(expected.max).epsilon(1e-12));
    CHECK(found.launch_medians.size() == 7);
    // Operations at a fence may fall on its other side by the width of a bucket.
    CHECK(static_cast<double>(found.outliers.mild) ==
          doctest::Approx(static_cast<double>(expected.outliers.mild)).epsilon(0.05));
}

TEST_CASE("percentiles are of all operations, the headline is the median of launch medians") {
    const std::vector<LatencyHistogram> launches{histogram_of({100, 100, 100, 100, 100, 100}),
                                                 histogram_of({200, 200}),
                                                 histogram_of({300, 300})};
    const LatencySummary latency = summarise_latency(launches);
    CHECK(latency.summary.median == doctest::Approx(200e-9));
    CHECK(named(latency, "p50").value == doctest::Approx(100e-9));
    CHECK(named(latency, "p999").value == doctest::Approx(300e-9));
    CHECK(latency.summary.n == 10);
    CHECK(latency.summary.mad == doctest::Approx(0));
}

TEST_CASE("fewer than six launches have no interval of a percentile") {
    std::vector<LatencyHistogram> launches;
    for (std::uint64_t launch = 0; launch < 6; ++launch) {
        CHECK_FALSE(named(summarise_latency(launches), "p99").interval);
        CHECK_FALSE(summarise_latency(launches).summary.interval);
        launches.push_back(histogram_of(operations(100, 1000, launch)));
    }
    REQUIRE(named(summarise_latency(launches), "p99").interval);
    launches.back() = {}; // one without operations is no launch
    CHECK_FALSE(named(summarise_latency(launches), "p99").interval);
}

TEST_CASE("the same seed gives the same intervals in any order of launches, another seed others") {
    std::vector<LatencyHistogram> launches;
    for (std::uint64_t launch = 0; launch < 8; ++launch) {
        launches.push_back(
            histogram_of(operations(500, 1000 + 20 * static_cast<double>(launch), launch)));
    }
    const auto interval = [&](std::uint64_t seed) {
        return *named(summarise_latency(launches, {.seed = seed}), "p99").interval;
    };
    const Interval first = interval(1);
    std::reverse(launches.begin(), launches.end());
    CHECK(interval(1).low == first.low);
    CHECK(interval(1).high == first.high);
    CHECK((interval(2).low != first.low || interval(2).high != first.high));
}

// The point of drawing launches: with a spread between them, operations drawn anew would claim to
// know the percentile ten times better than anybody does.
TEST_CASE("intervals of percentiles hold the truth about as often as they say") {
    constexpr int kRuns = 200;
    constexpr double kSpread = 0.05; // between launches
    std::mt19937_64 random(20260101);
    std::normal_distribution<double> normal;
    int held = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<LatencyHistogram> launches;
        for (int launch = 0; launch < 12; ++launch) {
            const double typical = 100'000 * std::exp(kSpread * normal(random));
            launches.push_back(histogram_of(operations(400, typical, random())));
        }
        const LatencySummary latency = summarise_latency(launches, {.resamples = 200});
        // Of the mixture over all launches: log-normal with both spreads together.
        const double truth = 1e-4 * std::exp(1.2815515655446004 * std::hypot(0.3, kSpread));
        const auto interval = named(latency, "p90").interval;
        REQUIRE(interval);
        held += interval->low <= truth && truth <= interval->high ? 1 : 0;
    }
    // 95 % nominal; the percentile bootstrap of twelve clusters is known to reach about 90 %.
    CHECK(held >= 0.85 * kRuns);
    CHECK(held <= 0.995 * kRuns);
}

TEST_CASE("no operations have no figures") {
    const LatencySummary latency = summarise_latency({});
    CHECK(latency.summary.n == 0);
    CHECK(std::isnan(latency.summary.median));
    CHECK(std::isnan(named(latency, "p99").value));
}

} // namespace latency_summary_test
