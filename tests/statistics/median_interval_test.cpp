#include "statistics/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace median_interval_test {

using namespace assay::statistics;

namespace {

// 1, 2, ..., count: the ends of the interval are then the ranks themselves.
std::vector<double> ranks(std::size_t count) {
    std::vector<double> values(count);
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

// The exact probability that the interval of rank k covers the median.
double coverage_of(std::size_t count, std::size_t k) {
    double below = 0, ways = 1;
    for (std::size_t i = 0; i < k; ++i) {
        below += std::ldexp(ways, -static_cast<int>(count));
        ways = ways * static_cast<double>(count - i) / static_cast<double>(i + 1);
    }
    return 1 - 2 * below;
}

double simulated_coverage(std::size_t count, int trials, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    // Skewed, with its median at 1: the interval may not need symmetry.
    std::lognormal_distribution<double> draw(0.0, 0.8);
    std::vector<double> values(count);
    int covered = 0;
    for (int trial = 0; trial < trials; ++trial) {
        std::generate(values.begin(), values.end(), [&] { return draw(random); });
        const auto interval = median_interval(values, 0.95);
        covered += interval && interval->low <= 1 && 1 <= interval->high ? 1 : 0;
    }
    return covered / static_cast<double>(trials);
}

} // namespace

TEST_CASE("the interval takes the ranks of the printed tables") {
    // k of the sign test at 5 % two-sided (Conover, "Practical Nonparametric Statistics", table
    // A3): K = 6 -> 1, 9 -> 2, 10 -> 2, 12 -> 3, 15 -> 4, 20 -> 6, 30 -> 10, 40 -> 14.
    const std::vector<std::pair<std::size_t, double>> table{
        {6, 1}, {9, 2}, {10, 2}, {12, 3}, {15, 4}, {20, 6}, {30, 10}, {40, 14}};
    for (const auto& [count, k] : table) {
        CAPTURE(count);
        const auto interval = median_interval(ranks(count), 0.95);
        REQUIRE(interval.has_value());
        CHECK(interval->low == k);
        CHECK(interval->high == static_cast<double>(count) + 1 - k);
    }
}

TEST_CASE("fewer than six launches have no interval of the median at 95 percent") {
    for (std::size_t count = 0; count < 6; ++count) {
        CHECK_FALSE(median_interval(ranks(count), 0.95).has_value());
    }
    CHECK(median_interval(ranks(5), 0.90).has_value());
    CHECK_FALSE(median_interval(ranks(7), 0.99).has_value());
    CHECK(median_interval(ranks(8), 0.99).has_value());
}

TEST_CASE("a tail that equals the allowed one exactly is allowed") {
    // P(Bin(6, 1/2) < 1) = 1/64, and 1 - 2/64 = 0.96875.
    CHECK(median_interval(ranks(6), 0.96875).has_value());
    CHECK_FALSE(median_interval(ranks(6), 0.969).has_value());
}

TEST_CASE("the interval is the narrowest that keeps its level, for 6 to 40 launches") {
    for (std::size_t count = 6; count <= 40; ++count) {
        CAPTURE(count);
        const auto interval = median_interval(ranks(count), 0.95);
        REQUIRE(interval.has_value());
        const auto k = static_cast<std::size_t>(interval->low);
        CHECK(coverage_of(count, k) >= 0.95);
        CHECK(coverage_of(count, k + 1) < 0.95);
    }
}

TEST_CASE("the interval covers the true median as often as it says") {
    // Exact coverages: K = 6 96.9 %, 10 97.9 %, 20 95.9 %, 40 96.2 %. 4000 trials have a standard
    // error of at most 0.35 %, so 1.2 % is more than three of them.
    for (const std::size_t count : {6u, 10u, 20u, 40u}) {
        CAPTURE(count);
        const auto k = static_cast<std::size_t>(median_interval(ranks(count), 0.95)->low);
        const double simulated = simulated_coverage(count, 4000, count);
        CHECK(simulated == doctest::Approx(coverage_of(count, k)).epsilon(0.012));
    }
}

TEST_CASE("thousands of launches neither underflow nor lose the level") {
    const auto interval = median_interval(ranks(5000), 0.95);
    REQUIRE(interval.has_value());
    // Normal approximation: 2500 - 1.96 * sqrt(5000) / 2 = 2430.7.
    CHECK(interval->low == doctest::Approx(2431).epsilon(0.001));
    CHECK(interval->low + interval->high == 5001);
}

TEST_CASE("the interval knows neither order nor impossible levels nor unknown values") {
    std::vector<double> values = ranks(12);
    std::reverse(values.begin(), values.end());
    CHECK(median_interval(values, 0.95)->low == 3);
    CHECK_FALSE(median_interval(values, 0).has_value());
    CHECK_FALSE(median_interval(values, 1).has_value());
    CHECK_FALSE(median_interval(values, std::nan("")).has_value());
    CHECK(median_interval(values, 1e-9)->low == 6);
    values[4] = std::nan("");
    CHECK_FALSE(median_interval(values, 0.95).has_value());
}

} // namespace median_interval_test
