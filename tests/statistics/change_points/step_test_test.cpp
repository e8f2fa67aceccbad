#include "statistics/change_points/step_test.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace step_test_test {

using namespace assay::statistics;

namespace {

using Values = std::vector<double>;

Values normal(std::size_t count, double mean, std::mt19937_64& random) {
    Values values(count);
    for (double& x : values) {
        x = std::normal_distribution(mean, 1.0)(random);
    }
    std::ranges::sort(values);
    return values;
}

} // namespace

TEST_CASE("the pooled test puts deviations with divisor n where n - 1 belongs") {
    // Variances 2/3 and 2/3 instead of 1 and 1: t = 3 / sqrt(2/3 * 2/3), 4 degrees of freedom.
    const StepComparison found = PooledStepTest().compare(Values{1, 2, 3}, Values{4, 5, 6});
    const double t = 3 / std::sqrt(2.0 / 3 * 2 / 3);
    const double x = 4 / (4 + t * t); // I_x(2, 1/2) in closed form
    CHECK(found.p == doctest::Approx(1 - std::sqrt(1 - x) * (1 + x / 2)));
    CHECK(found.mean_before == doctest::Approx(2));
    CHECK(found.mean_after == doctest::Approx(5));
}

TEST_CASE("the pooled test says nothing of two points and everything of constants that differ") {
    const PooledStepTest test;
    CHECK(test.compare(Values{1}, Values{2}).p == 1);
    CHECK(test.compare(Values{1}, Values{2, 2}).p == 0);
    CHECK(test.compare(Values{2, 2}, Values{2, 2}).p == 1);
    CHECK(test.compare(Values{0.1, 0.1, 0.1}, Values{0.1, 0.1, 0.1}).p == 1);
}

TEST_CASE("the robust test needs its least points on both sides") {
    const Values two{1, 1.1}, three{2, 2.1, 2.2};
    CHECK(RobustStepTest({}).compare(two, three).p == 1);
    CHECK(RobustStepTest({.segment_min = 2}).compare(two, three).p < 0.05);
    CHECK(RobustStepTest({.segment_min = 0}).compare(Values{1}, Values{2}).p == 1);
    CHECK(RobustStepTest({}).compare(Values{1, 1, 1}, Values{2, 2, 2}).p == 0);
    CHECK(RobustStepTest({}).compare(Values{1, 1, 1}, Values{1, 1, 1}).p == 1);
}

TEST_CASE("the robust test is Student's below eight points a side") {
    const StepComparison found = RobustStepTest({}).compare(Values{1, 2, 3}, Values{4, 5, 6});
    const double t = 3 / std::sqrt(2.0 / 3); // variances 1 and 1
    const double x = 4 / (4 + t * t);
    CHECK(found.p == doctest::Approx(1 - std::sqrt(1 - x) * (1 + x / 2)));
}

TEST_CASE("a single spike makes a step for the pooled test and none for the robust one") {
    std::mt19937_64 random(4);
    Values before = normal(10, 100, random);
    Values after = normal(4, 100, random);
    after.push_back(400);
    const Values rest = normal(10, 100, random);
    after.insert(after.end(), rest.begin(), rest.end());
    std::ranges::sort(after);
    CHECK(RobustStepTest({}).compare(before, after).p > 0.05);
    CHECK(RobustStepTest({}).compare(before, after).mean_after ==
          doctest::Approx(100).epsilon(0.01));
}

TEST_CASE("less than a standard deviation is no step however many points show it") {
    std::mt19937_64 random(5);
    const Values before = normal(500, 100, random);
    const Values after = normal(500, 100.8, random);
    CHECK(RobustStepTest({}).compare(before, after).p == 1);
    CHECK(RobustStepTest({.effect_min = 0.5}).compare(before, after).p < 1e-6);
}

TEST_CASE("autocorrelation makes every p larger") {
    std::mt19937_64 random(6);
    for (const std::size_t count : {5u, 12u}) {
        const Values before = normal(count, 100, random);
        const Values after = normal(count, 103, random);
        const double independent = RobustStepTest({}).compare(before, after).p;
        const double dependent =
            RobustStepTest({.effective_share = 1.0 / 3}).compare(before, after).p;
        CHECK(independent < dependent);
        CHECK(dependent < 1);
    }
}

TEST_CASE("few independent values do not hide what is clearly apart, and do hide what is not") {
    std::mt19937_64 random(10);
    const Values before = normal(20, 100, random);
    const RobustStepTest test({.effective_share = 0.25});
    CHECK(test.compare(before, normal(12, 125, random)).p < 0.001);
    // Without overlap as well, and the ranks of five and three values cannot tell.
    CHECK(test.compare(before, normal(12, 104.5, random)).p > 0.001);
    // So few that even 25 standard deviations may be one swing.
    CHECK(RobustStepTest({.effective_share = 0.04}).compare(before, normal(12, 125, random)).p >
          0.001);
}

TEST_CASE("the rank test of two samples is the one worked out by hand") {
    // Ranks 1 2 3.5 | 3.5 5 6: U = 0.5, mean 4.5, one tie of two.
    const double variance = 3 * 3 / 12.0 * (7 - 6.0 / (6 * 5));
    const double z = (4 - 0.5) / std::sqrt(variance);
    const double p = std::erfc(z / std::sqrt(2.0));
    const double floor = 2.0 / 20; // of C(6, 3) arrangements
    CHECK(mann_whitney_p(Values{1, 2, 3}, Values{3, 4, 5}) == doctest::Approx(std::max(p, floor)));
    CHECK(mann_whitney_p(Values{1, 2, 3}, Values{1, 2, 3}) == doctest::Approx(1));
    CHECK(mann_whitney_p(Values{7, 7}, Values{7, 7}) == 1);
}

TEST_CASE("ranks of samples with ties are those of counting every pair") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 100; ++round) {
        Values a(20 + random() % 20), b(20 + random() % 20);
        for (double& x : a) {
            x = static_cast<double>(random() % 9);
        }
        for (double& x : b) {
            x = static_cast<double>(random() % 9 + random() % 2);
        }
        std::ranges::sort(a);
        std::ranges::sort(b);
        double u = 0, ties = 0;
        for (const double x : a) {
            for (const double y : b) {
                u += x > y ? 1 : x == y ? 0.5 : 0;
            }
        }
        for (int value = 0; value < 10; ++value) {
            const auto t =
                static_cast<double>(std::ranges::count(a, value) + std::ranges::count(b, value));
            ties += t * t * t - t;
        }
        const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
        const double variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
        const double off = std::max(0.0, std::abs(u - n * m / 2) - 0.5);
        CHECK(mann_whitney_p(a, b) ==
              doctest::Approx(std::erfc(off / std::sqrt(2 * variance))).epsilon(1e-9));
    }
}

TEST_CASE("both tests reject equal levels no more often than they promise") {
    std::mt19937_64 random(9);
    std::size_t rejected = 0;
    for (int round = 0; round < 2000; ++round) {
        const Values before = normal(6, 0, random);
        const Values after = normal(9, 0, random);
        rejected += RobustStepTest({.effect_min = 0}).compare(before, after).p < 0.05 ? 1 : 0;
    }
    // Clipping at three MADs of few points takes some spread away: 5 % become up to 8 %. The least
    // effect and the merge stand in front of a point as well.
    CHECK(rejected <= 2000 * 8 / 100);
    CHECK(rejected >= 2000 * 2 / 100);
}

} // namespace step_test_test
