#include "statistics/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace summary_test {

using namespace assay::statistics;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::vector<double> kHand{1, 2, 3, 4, 100};

std::vector<double> lognormal_samples(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> draw(0.0, 0.4);
    std::vector<double> samples(count);
    std::generate(samples.begin(), samples.end(), [&] { return draw(random); });
    return samples;
}

} // namespace

TEST_CASE("the median and the MAD of 1 2 3 4 100 are 3 and 1") {
    CHECK(median(kHand) == 3);
    CHECK(median_absolute_deviation(kHand) == 1);
    CHECK(mean(kHand) == 22);
    // Squares about 22: 441 + 400 + 361 + 324 + 6084 = 7610, over four.
    CHECK(standard_deviation(kHand) == doctest::Approx(std::sqrt(1902.5)).epsilon(1e-15));
}

TEST_CASE("the median of an even number of values lies between the middle two") {
    CHECK(median(std::vector<double>{4, 1, 3, 2}) == 2.5);
    CHECK(median(std::vector<double>{7, 5}) == 6);
    const double large = std::numeric_limits<double>::max();
    CHECK(median(std::vector<double>{large, large}) == large);
}

TEST_CASE("quantiles are those of type 7 in Hyndman and Fan") {
    // R: quantile(c(1,2,3,4,100), c(.05,.1,.25,.75,.9,.95), type = 7)
    CHECK(quantile_sorted(kHand, 0.05) == doctest::Approx(1.2).epsilon(1e-14));
    CHECK(quantile_sorted(kHand, 0.10) == doctest::Approx(1.4).epsilon(1e-14));
    CHECK(quantile_sorted(kHand, 0.25) == 2);
    CHECK(quantile_sorted(kHand, 0.75) == 4);
    CHECK(quantile_sorted(kHand, 0.90) == doctest::Approx(61.6).epsilon(1e-14));
    CHECK(quantile_sorted(kHand, 0.95) == doctest::Approx(80.8).epsilon(1e-14));
    CHECK(quantile_sorted(kHand, 0) == 1);
    CHECK(quantile_sorted(kHand, 1) == 100);
    CHECK(quantile_sorted(kHand, -0.5) == 1);
    CHECK(quantile_sorted(kHand, 1.5) == 100);
    CHECK(std::isnan(quantile_sorted(kHand, kNaN)));
    CHECK(quantile_sorted(std::vector<double>{1, kInfinity, kInfinity}, 0.75) == kInfinity);
}

TEST_CASE("no values give no figures") {
    const std::vector<double> none;
    CHECK(std::isnan(median(none)));
    CHECK(std::isnan(mean(none)));
    CHECK(std::isnan(standard_deviation(none)));
    CHECK(std::isnan(median_absolute_deviation(none)));
    CHECK(std::isnan(quantile_sorted(none, 0.5)));
    CHECK(tukey_outliers(none).mild == 0);
}

TEST_CASE("one value is its own median and has no spread to speak of") {
    const std::vector<double> one{7};
    CHECK(median(one) == 7);
    CHECK(mean(one) == 7);
    CHECK(median_absolute_deviation(one) == 0);
    CHECK(quantile_sorted(one, 0.99) == 7);
    CHECK(std::isnan(standard_deviation(one)));
}

TEST_CASE("a value that is not a number makes every figure unknown instead of a wrong one") {
    const std::vector<double> spoiled{1, kNaN, 3, 2, 5, 4};
    CHECK(std::isnan(median(spoiled)));
    CHECK(std::isnan(mean(spoiled)));
    CHECK(std::isnan(standard_deviation(spoiled)));
    CHECK(std::isnan(median_absolute_deviation(spoiled)));
    CHECK(tukey_outliers(spoiled).severe == 0);

    const std::vector<std::vector<double>> launches{spoiled, {1, 2}};
    const Summary summary = summarise(launches);
    CHECK(summary.n == 8);
    CHECK(std::isnan(summary.median));
    CHECK(std::isnan(summary.max));
    CHECK_FALSE(summary.interval.has_value());
}

TEST_CASE("a large offset costs neither mean nor deviation") {
    const std::vector<double> values{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    CHECK(mean(values) == 1e9 + 10);
    CHECK(standard_deviation(values) == doctest::Approx(std::sqrt(30.0)).epsilon(1e-12));
    CHECK(mean(std::vector<double>{1e16, 1, -1e16, 1}) == 0.5);
    CHECK(mean(std::vector<double>{1, kInfinity}) == kInfinity);
}

TEST_CASE("outliers are counted beyond one and a half and three quartile ranges") {
    // Quartiles of 1..9 with 15 and 40 at the end: 3.5 and 8.5, so the fences are at 16 and 23.5.
    CHECK(tukey_outliers(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 40}).mild == 0);
    CHECK(tukey_outliers(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 40}).severe == 1);
    CHECK(tukey_outliers(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 40}).mild == 1);
    CHECK(tukey_outliers(std::vector<double>{-40, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).severe == 1);
    CHECK(tukey_outliers(kHand).severe == 1);
}

TEST_CASE("the headline is the median over launches and not over all samples") {
    // Nine samples of a slow launch must not outvote two fast launches of one sample each.
    const std::vector<std::vector<double>> launches{{9, 9, 9, 9, 9, 9, 9, 9, 9}, {1}, {2}};
    const Summary summary = summarise(launches);
    CHECK(summary.median == 2);
    CHECK(summary.n == 11);
    CHECK(summary.launch_medians == std::vector<double>{9, 1, 2});
    CHECK(summary.min == 1);
    CHECK(summary.max == 9);
    CHECK(summary.p75 == 9);
    CHECK_FALSE(summary.interval.has_value());
    CHECK(summary.interval_level == 0.95);
}

TEST_CASE("a launch without samples counts neither as a launch nor as a zero") {
    const std::vector<std::vector<double>> launches{{3, 4, 5}, {}, {7}};
    const Summary summary = summarise(launches);
    CHECK(summary.launch_medians == std::vector<double>{4, 7});
    CHECK(summary.median == 5.5);
    CHECK(summary.n == 4);
    const Summary nothing = summarise(std::vector<std::vector<double>>{{}, {}});
    CHECK(nothing.n == 0);
    CHECK(std::isnan(nothing.median));
    CHECK(std::isnan(nothing.p999));
}

TEST_CASE("the variation is relative to the size of the mean and unknown about zero") {
    const std::vector<std::vector<double>> negative{{-1, -3}};
    CHECK(summarise(negative).cv == doctest::Approx(std::sqrt(2.0) / 2));
    const std::vector<std::vector<double>> about_zero{{-1, 1}};
    CHECK(std::isnan(summarise(about_zero).cv));
}

TEST_CASE("no figure depends on the order in which the samples came") {
    std::vector<std::vector<double>> launches;
    for (std::uint64_t launch = 0; launch < 8; ++launch) {
        launches.push_back(lognormal_samples(25, launch + 1));
    }
    const Summary before = summarise(launches);
    std::mt19937_64 random(11);
    for (std::vector<double>& launch : launches) {
        std::shuffle(launch.begin(), launch.end(), random);
    }
    std::shuffle(launches.begin(), launches.end(), random);
    const Summary after = summarise(launches);
    CHECK(after.median == before.median);
    CHECK(after.mean == before.mean);
    CHECK(after.stddev == before.stddev);
    CHECK(after.mad == before.mad);
    CHECK(after.p99 == before.p99);
    CHECK(after.outliers.mild == before.outliers.mild);
    REQUIRE(before.interval.has_value());
    CHECK(after.interval->low == before.interval->low);
    CHECK(after.interval->high == before.interval->high);
}

TEST_CASE("selection and sorting agree on the median of a hundred thousand samples") {
    std::vector<double> samples = lognormal_samples(100'000, 3);
    const double selected = median(samples);
    std::sort(samples.begin(), samples.end());
    CHECK(selected == quantile_sorted(samples, 0.5));
}

} // namespace summary_test
