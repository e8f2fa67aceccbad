#include "statistics/summary.hpp"
#include "statistics/trend.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace trend_test {

using namespace assay::statistics;

namespace {

using Values = std::vector<double>;

double slope_of_all_pairs(const Values& values) {
    Values slopes;
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = i + 1; j < values.size(); ++j) {
            slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
        }
    }
    return median(slopes);
}

Values noise(std::size_t count, double slope, std::mt19937_64& random) {
    Values values(count);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = slope * static_cast<double>(i) + std::normal_distribution(0.0, 1.0)(random);
    }
    return values;
}

} // namespace

TEST_CASE("rising pairs are counted against falling ones, by hand") {
    const MannKendall found = mann_kendall(Values{1, 3, 2, 4});
    CHECK(found.s == 4); // five rise, one falls
    CHECK(found.variance == doctest::Approx(4 * 3 * 13 / 18.0));
    CHECK(found.p == doctest::Approx(std::erfc(3 / std::sqrt(2 * 4 * 3 * 13 / 18.0))));
    CHECK(mann_kendall(Values{4, 3, 2, 1}).s == -6);
    CHECK(mann_kendall(Values{1, 2}).p == 1);
    CHECK(mann_kendall(Values{5, 5, 5, 5}).p == 1);
}

TEST_CASE("counting while merging gives what comparing every pair gives, ties included") {
    std::mt19937_64 random(31);
    for (int round = 0; round < 100; ++round) {
        Values values(3 + random() % 40);
        for (double& x : values) {
            x = static_cast<double>(random() % 8);
        }
        std::int64_t s = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t j = i + 1; j < values.size(); ++j) {
                s += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
            }
        }
        CHECK(mann_kendall(values).s == s);
    }
}

TEST_CASE("ties take variance away by Kendall's formula") {
    // Groups of two and three: 6 * 5 * 17 - 2 * 1 * 9 - 3 * 2 * 11.
    const MannKendall found = mann_kendall(Values{1, 1, 2, 3, 3, 3});
    CHECK(found.variance == doctest::Approx((6 * 5 * 17 - 2 * 9 - 3 * 2 * 11) / 18.0));
    CHECK(mann_kendall(Values{1, 1, 2, 3, 3, 3}, 0.5).variance ==
          doctest::Approx(2 * found.variance));
}

TEST_CASE("noise has a trend at 5 % in about one of twenty series") {
    std::mt19937_64 random(32);
    std::size_t trends = 0;
    for (int round = 0; round < 1000; ++round) {
        trends += mann_kendall(noise(30, 0, random)).p < 0.05 ? 1 : 0;
    }
    CHECK(trends >= 25);
    CHECK(trends <= 75);
}

TEST_CASE("the slope is the median of all pairs, of few values and of many") {
    std::mt19937_64 random(33);
    for (const std::size_t count : {2u, 3u, 50u, 400u, 401u, 700u, 1203u}) {
        CAPTURE(count);
        const Values values = noise(count, 0.01, random);
        CHECK(theil_sen_slope(values) == slope_of_all_pairs(values));
    }
    CHECK(theil_sen_slope({}) == 0);
    CHECK(theil_sen_slope(Values{3}) == 0);
}

TEST_CASE("the slope of many values that are mostly equal is found too") {
    Values values(900, 1.0);
    for (std::size_t i = 600; i < values.size(); ++i) {
        values[i] = 2;
    }
    CHECK(theil_sen_slope(values) == slope_of_all_pairs(values));
}

TEST_CASE("a quarter of wild values does not turn the slope") {
    std::mt19937_64 random(34);
    Values values = noise(200, 1, random);
    for (std::size_t i = 0; i < values.size(); i += 5) {
        values[i] += 1000;
    }
    CHECK(theil_sen_slope(values) == doctest::Approx(1).epsilon(0.05));
}

} // namespace trend_test
