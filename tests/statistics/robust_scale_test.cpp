#include "statistics/distributions.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace robust_scale_test {

using namespace assay::statistics;

namespace {

using Values = std::vector<double>;

Values normal(std::size_t count, double spread, std::mt19937_64& random) {
    Values values(count);
    for (double& x : values) {
        x = std::normal_distribution(0.0, spread)(random);
    }
    return values;
}

} // namespace

TEST_CASE("walking outwards from the median finds the MAD that copying finds") {
    std::mt19937_64 random(51);
    for (std::size_t count = 1; count < 60; ++count) {
        Values values = normal(count, 3, random);
        if (count % 3 == 0) { // ties
            std::ranges::for_each(values, [](double& x) { x = std::round(x); });
        }
        const double expected = kMadToSigma * median_absolute_deviation(values);
        CHECK(scaled_mad(values) == doctest::Approx(expected));
        std::ranges::sort(values);
        CHECK(scaled_mad_sorted(values) == doctest::Approx(expected));
        CHECK(median_sorted(values) == median(values));
    }
    CHECK(std::isnan(scaled_mad_sorted({})));
    CHECK(scaled_mad_sorted(Values{1, 2, 3, 4, 100}) == doctest::Approx(kMadToSigma));
}

TEST_CASE("a spread that doubled is seen and one that is the same seldom is") {
    std::mt19937_64 random(52);
    std::size_t seen = 0, wrong = 0;
    for (int round = 0; round < 400; ++round) {
        const Values segment = normal(100, 1, random);
        seen += compare_spread(segment, normal(100, 2, random)).p < 0.001 ? 1 : 0;
        wrong += compare_spread(segment, normal(100, 1, random)).p < 0.05 ? 1 : 0;
    }
    CHECK(seen >= 300);
    CHECK(wrong >= 5); // 20 expected
    CHECK(wrong <= 36);
}

TEST_CASE("a calmer series, few values and a segment without spread are no news") {
    std::mt19937_64 random(53);
    const Values segment = normal(50, 2, random);
    CHECK(compare_spread(segment, normal(50, 0.5, random)).p > 0.9);
    CHECK(compare_spread(segment, Values{1, 5, 9, 100}).p == 1);
    CHECK(compare_spread(Values(20, 3.0), segment).p == 1);
    CHECK(compare_spread(segment, segment).ratio == doctest::Approx(1));
}

TEST_CASE("tail probabilities are those of printed tables") {
    CHECK(two_sided_t(12.706, 1) == doctest::Approx(0.05).epsilon(0.0001));
    CHECK(two_sided_t(-2.228, 10) == doctest::Approx(0.05).epsilon(0.001));
    CHECK(two_sided_t(std::numeric_limits<double>::infinity(), 3) == 0);
    CHECK(two_sided_normal(1.959964) == doctest::Approx(0.05).epsilon(0.00001));
    CHECK(quantile_t(0.975, 10) == doctest::Approx(2.228).epsilon(0.0005));
    CHECK(upper_tail_f(4.9646, 1, 10) == doctest::Approx(0.05).epsilon(0.0001));
    CHECK(upper_tail_f(std::numeric_limits<double>::infinity(), 2, 3) == 0);
    // Very small p keep their digits: t^2 = F(1, v), and for 2 degrees there is a closed form.
    const double t = 1e8;
    CHECK(two_sided_t(t, 2) == doctest::Approx(1 / (t * t)).epsilon(1e-6));
}

} // namespace robust_scale_test
