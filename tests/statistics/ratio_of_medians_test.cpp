#include "statistics/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace ratio_of_medians_test {

using namespace assay::statistics;

namespace {

std::vector<double> launches_about(double centre, std::size_t count, std::mt19937_64& random) {
    std::lognormal_distribution<double> noise(0.0, 0.05);
    std::vector<double> values(count);
    std::generate(values.begin(), values.end(), [&] { return centre * noise(random); });
    return values;
}

double simulated_coverage(std::size_t launches, double truth, int trials) {
    std::mt19937_64 random(launches);
    int covered = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const std::vector<double> top = launches_about(truth * 3e-6, launches, random);
        const std::vector<double> bottom = launches_about(3e-6, launches, random);
        const auto seed = static_cast<std::uint64_t>(trial);
        const RatioEstimate estimate = ratio_of_medians(top, bottom, 0.95, seed, 300);
        REQUIRE(estimate.interval.has_value());
        const Interval interval = *estimate.interval;
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    return covered / static_cast<double>(trials);
}

} // namespace

TEST_CASE("the ratio is that of the two medians") {
    const std::vector<double> top{2, 4, 6}, bottom{1, 2, 9};
    CHECK(ratio_of_medians(top, bottom, 0.95, 1).ratio == 2);
}

TEST_CASE("equal launches give an interval without width") {
    const std::vector<double> top(8, 6.0), bottom(8, 2.0);
    const RatioEstimate estimate = ratio_of_medians(top, bottom, 0.95, 1);
    REQUIRE(estimate.interval.has_value());
    CHECK(estimate.ratio == 3);
    CHECK(estimate.interval->low == 3);
    CHECK(estimate.interval->high == 3);
}

TEST_CASE("the interval covers a known ratio about as often as it says") {
    // The percentile bootstrap of a median is approximate: within four points of 95 % for the
    // numbers of launches the modes take. 600 trials have a standard error of 0.9 %.
    for (const std::size_t launches : {6u, 10u, 30u}) {
        CAPTURE(launches);
        const double coverage = simulated_coverage(launches, 1.5, 600);
        CHECK(coverage >= 0.91);
        CHECK(coverage <= 0.99);
    }
}

TEST_CASE("more launches make the interval of a ratio narrower") {
    std::mt19937_64 random(5);
    const auto width = [&](std::size_t launches) {
        const std::vector<double> top = launches_about(2, launches, random);
        const std::vector<double> bottom = launches_about(1, launches, random);
        const auto interval = ratio_of_medians(top, bottom, 0.95, 1).interval;
        return interval->high - interval->low;
    };
    CHECK(width(400) < width(10) / 3);
}

TEST_CASE("the same seed gives the same interval, in whatever order the launches came") {
    std::mt19937_64 random(9);
    std::vector<double> top = launches_about(2, 10, random);
    const std::vector<double> bottom = launches_about(1, 12, random);
    const Interval first = *ratio_of_medians(top, bottom, 0.95, 42).interval;
    std::reverse(top.begin(), top.end());
    const Interval again = *ratio_of_medians(top, bottom, 0.95, 42).interval;
    CHECK(again.low == first.low);
    CHECK(again.high == first.high);
    const Interval other = *ratio_of_medians(top, bottom, 0.95, 43, 50).interval;
    CHECK((other.low != first.low || other.high != first.high));
}

TEST_CASE("five launches on either side give a ratio and no interval") {
    const std::vector<double> five{1, 2, 3, 4, 5}, six{1, 2, 3, 4, 5, 6};
    CHECK_FALSE(ratio_of_medians(five, six, 0.95, 1).interval.has_value());
    CHECK_FALSE(ratio_of_medians(six, five, 0.95, 1).interval.has_value());
    CHECK(ratio_of_medians(six, six, 0.95, 1).interval.has_value());
    CHECK_FALSE(ratio_of_medians(six, six, 1.0, 1).interval.has_value());
    CHECK_FALSE(ratio_of_medians(six, six, 0.95, 1, 0).interval.has_value());
}

TEST_CASE("nothing can be said over a denominator of zero or over unknown values") {
    const std::vector<double> ones(6, 1.0), zeros(6, 0.0);
    CHECK(std::isnan(ratio_of_medians(ones, zeros, 0.95, 1).ratio));
    CHECK(std::isnan(ratio_of_medians({}, ones, 0.95, 1).ratio));
    CHECK(std::isnan(ratio_of_medians(ones, {}, 0.95, 1).ratio));
    // Its median is 1, and yet some draws have the median 0.
    const std::vector<double> shaky{0, 0, 0, 1, 1, 1, 1};
    const RatioEstimate estimate = ratio_of_medians(ones, shaky, 0.95, 1);
    CHECK(estimate.ratio == 1);
    CHECK_FALSE(estimate.interval.has_value());
}

} // namespace ratio_of_medians_test
