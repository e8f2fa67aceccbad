#include "statistics/distributions.hpp"
#include "statistics/fence.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace fence_test {

using namespace assay::statistics;

namespace {

using Values = std::vector<double>;

} // namespace

TEST_CASE("the fence lies three quartile ranges beyond the third quartile of earlier changes") {
    // Changes of 1 % to 11 %, in this order: quartiles 0.035 and 0.085.
    Values values{100};
    for (int percent = 1; percent <= 11; ++percent) {
        values.push_back(values.back() * (1 + percent / 100.0));
    }
    CHECK(change_fence(values).value() == doctest::Approx(0.085 + 3 * 0.05));
}

TEST_CASE("ten changes are needed, and changes from zero are none") {
    Values values(11, 5.0);
    CHECK(change_fence(values) == 0.0);
    CHECK_FALSE(change_fence(std::span(values).first(10)));
    values[4] = 0; // one change of 100 % and one from zero
    CHECK_FALSE(change_fence(values));
    values.push_back(5);
    CHECK(change_fence(values) == 0.0);
    CHECK_FALSE(change_fence({}));
}

TEST_CASE("what is more than a hundred points ago does not widen the fence") {
    std::mt19937_64 random(61);
    Values values;
    for (int i = 0; i < 200; ++i) {
        const double spread = i < 100 ? 20 : 1;
        values.push_back(100 + std::normal_distribution(0.0, spread)(random));
    }
    CHECK(change_fence(values) == change_fence(std::span(values).last(100)));
    CHECK(change_fence(values).value() < 0.1);
}

TEST_CASE("the smallest visible change follows its formula") {
    const Values segment{98, 99, 100, 101, 102}; // MAD 1
    const double reach = quantile_t(0.9995, 4) + quantile_t(0.8, 4);
    CHECK(smallest_visible_change(segment, {}) ==
          doctest::Approx(reach * 1.4826 * std::sqrt(1 + 0.2) / 100));
    CHECK(smallest_visible_change(segment, {.spread_floor = 10}) ==
          doctest::Approx(reach * 10 * std::sqrt(1 + 0.2) / 100));
    CHECK(smallest_visible_change(segment, {.new_runs = 4}) < smallest_visible_change(segment, {}));
    CHECK(smallest_visible_change(segment, {.effective_share = 0.3}) >
          smallest_visible_change(segment, {}));
    CHECK(quantile_t(0.9995, 4) == doctest::Approx(8.610).epsilon(0.0001)); // printed tables
}

TEST_CASE("nothing is visible beside one run or about zero") {
    CHECK(std::isinf(smallest_visible_change(Values{1}, {})));
    CHECK(std::isinf(smallest_visible_change({}, {})));
    CHECK(std::isinf(smallest_visible_change(Values{-1, 0, 1}, {})));
    CHECK(std::isinf(smallest_visible_change(Values{1, 2}, {.new_runs = 0})));
}

TEST_CASE("a change of the visible size is seen in about four of five runs") {
    std::mt19937_64 random(62);
    std::normal_distribution<double> normal(100, 1);
    // With the spread known instead of estimated, as the formula takes it.
    constexpr double kRuns = 3000, n = 40;
    const double limit = quantile_t(0.9995, n - 1);
    const double change = (limit + quantile_t(0.8, n - 1)) * std::sqrt(1 + 1 / n);
    std::size_t seen = 0;
    for (int run = 0; run < kRuns; ++run) {
        const double mean = 100 + (normal(random) - 100) / std::sqrt(n);
        seen += (normal(random) + change - mean) / std::sqrt(1 + 1 / n) > limit ? 1 : 0;
    }
    CHECK(static_cast<double>(seen) / kRuns == doctest::Approx(0.8).epsilon(0.04));
}

} // namespace fence_test
