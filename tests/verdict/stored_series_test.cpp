#include "stored_runs.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace stored_series_test {

using namespace assay;
using namespace assay::verdict;

namespace {

const SeriesKind kRate{.unit = "1/s", .direction = measure::Direction::higher};
const SeriesKind kShare{.unit = "1", .direction = measure::Direction::higher};

NewFigures held_against(double x, const std::vector<double>& runs, const SeriesKind& kind) {
    return {.figures = {x}, .kind = kind, .baseline = *segment_over(runs).baseline};
}

StoredFinding found(double x, const std::vector<double>& runs, const SeriesKind& kind) {
    return examine(held_against(x, runs, kind), {});
}

} // namespace

TEST_CASE("a change is told on the metric's own scale and turned so that positive is worse") {
    CHECK(*found(120, around(100), seconds()).change == doctest::Approx(0.20));
    CHECK(*found(80, around(100), seconds()).change == doctest::Approx(-0.20));
    CHECK(*found(80, around(100), kRate).change == doctest::Approx(0.20));
    CHECK(*found(-80, around(-100), seconds()).change == doctest::Approx(0.20));
    const StoredFinding share = found(0.40, around(0.45), kShare);
    CHECK(share.scale == ChangeScale::points);
    CHECK(*share.change == doctest::Approx(0.05));
    const SeriesKind percent{.unit = "%", .direction = measure::Direction::higher};
    CHECK(*found(40, around(45), percent).change == doctest::Approx(0.05));
    CHECK(found(1.7, around(1.5), kShare).scale == ChangeScale::relative); // no share
}

TEST_CASE("a share near its end changes on the scale of its odds when asked") {
    SeriesTest test{.scale = ChangeScale::logit};
    const StoredFinding one = examine(held_against(0.98, around(0.99, 0.001), kShare), test);
    CHECK(*one.change == doctest::Approx(std::log(99.0) - std::log(49.0)));
    CHECK(logit(1, 100) == doctest::Approx(std::log(0.995 / 0.005)));
    CHECK(logit(0, 100) == doctest::Approx(-std::log(0.995 / 0.005)));
}

TEST_CASE("the test is Student's, of the new run against the runs of the segment") {
    // s = 1.58114, t = 3 / (s sqrt(6/5)) = 1.73205 with 4 degrees of freedom.
    const SeriesKind any{.unit = "1", .direction = measure::Direction::lower};
    const StoredFinding one = found(6, {1, 2, 3, 4, 5}, any);
    CHECK(*one.p == doctest::Approx(0.158301).epsilon(1e-5));
    CHECK_FALSE(one.is_significant);
    // (t(0.9995) + t(0.8)) s sqrt(6/5) / 3 with t = 8.61030 and 0.940965.
    CHECK(*one.mde == doctest::Approx(5.51442).epsilon(1e-4));
    CHECK(one.interval->low == doctest::Approx(1 - 8.61030 * 1.73205 / 3).epsilon(1e-4));
    CHECK(one.interval->high == doctest::Approx(1 + 8.61030 * 1.73205 / 3).epsilon(1e-4));
    CHECK(one.runs == 5);
    CHECK(one.new_runs == 1);
}

TEST_CASE("the interval of an amount ends where the amount does, on the side that less of it is") {
    const std::vector<double> noisy{1, 2, 3, 4, 5};
    const StoredFinding time = found(6, noisy, seconds());
    CHECK(time.interval->low == -1); // no time can be less than 100 % shorter
    CHECK(time.interval->high > 5);
    const StoredFinding rate = found(2, noisy, kRate);
    CHECK(rate.interval->high == 1); // worse is less here
    CHECK(rate.interval->low < -3);
    const SeriesKind tokens{.unit = "{token}/s", .direction = measure::Direction::higher};
    CHECK(found(2, noisy, tokens).interval->high == 1);
    const StoredFinding free = found(6, noisy, {.unit = "1"});
    CHECK(free.interval->low < -1);                        // may be anything
    CHECK(found(-3, noisy, seconds()).interval->low < -1); // and this one is
    // None of it changes what is said.
    CHECK(*time.p == *free.p);
    CHECK(*time.mde == *free.mde);
}

TEST_CASE("the interval of a share stays between nothing and all") {
    const std::vector<double> hits{0.90, 0.95, 0.99, 0.80, 0.97};
    const StoredFinding share = found(0.96, hits, kShare);
    const double center = share.center;
    CHECK(share.interval->low == doctest::Approx(center - 1)); // better: up to all
    CHECK(share.interval->high <= center);
    const SeriesKind misses{.unit = "%", .direction = measure::Direction::lower};
    const StoredFinding percent = found(3, {1, 5, 2, 9, 4}, misses);
    CHECK(percent.interval->low == doctest::Approx(-percent.center / 100));
    CHECK(percent.interval->high < 1);
}

TEST_CASE("several new runs see smaller changes, and runs that resemble each other larger ones") {
    NewFigures news = held_against(103, around(100, 0.01, 12), seconds());
    const double alone = *examine(news, {}).mde;
    news.figures = {103, 103, 103, 103, 103};
    CHECK(*examine(news, {}).mde < alone);
    news.figures = {103};
    CHECK(*examine(news, {.effective = 0.5}).mde > alone);
}

TEST_CASE("the interval leaves out zero exactly where the test is significant") {
    for (double x = 95; x < 105; x += 0.25) {
        const StoredFinding one = found(x, around(100), seconds());
        const bool outside = one.interval->low > 0 || one.interval->high < 0;
        CHECK(outside == one.is_significant);
    }
}

TEST_CASE("below the floor nothing is called a change, at the floor it is") {
    const std::vector<double> steady = around(100, 0.0001, 20);
    CHECK(found(100.5, steady, seconds()).is_significant);
    CHECK_FALSE(found(100.5, steady, seconds()).reaches_floor);
    CHECK(found(101, steady, seconds()).reaches_floor);
    CHECK_FALSE(found(0.496, around(0.5, 0.0001, 20), kShare).reaches_floor);
    CHECK(found(0.495, around(0.5, 0.0001, 20), kShare).reaches_floor);
}

TEST_CASE("any difference between exact figures counts and none needs statistics") {
    const SeriesKind exact{
        .unit = "{instruction}", .direction = measure::Direction::lower, .exact = true};
    const StoredFinding same = found(1e6, std::vector<double>(5, 1e6), exact);
    CHECK(same.exact);
    CHECK_FALSE(same.is_significant);
    CHECK(*same.mde == 0);
    const StoredFinding more = found(1e6 + 1, std::vector<double>(5, 1e6), exact);
    CHECK(more.is_significant);
    CHECK(more.reaches_floor);
    // Runs that disagree are no exact figures, whatever their suite says.
    const StoredFinding varying = found(1e6 + 1, around(1e6), exact);
    CHECK_FALSE(varying.exact);
    CHECK_FALSE(varying.is_significant);
}

TEST_CASE("nothing is a share of zero, but zero is still zero") {
    const std::vector<double> none(6, 0);
    CHECK(found(3, none, seconds()).zero_baseline);
    CHECK_FALSE(found(3, none, seconds()).change);
    CHECK_FALSE(found(0, none, seconds()).zero_baseline);
    CHECK(*found(0, none, seconds()).change == 0);
    CHECK(*found(0.1, none, kShare).change == doctest::Approx(-0.1)); // points need no share
}

TEST_CASE("runs that agree to the clock's resolution differ by no less than that") {
    NewFigures news = held_against(101, std::vector<double>(6, 100), seconds());
    CHECK(examine(news, {}).is_significant);
    CHECK_FALSE(examine(news, {.resolution = 1}).is_significant);
}

TEST_CASE(
    "the fence is the third quartile of the changes from run to run and three times their range") {
    // Changes 1, 1/2, 1, 1/2 ...: quartiles 0.5 and 1, so 1 + 3 * 0.5.
    std::vector<double> runs;
    for (int i = 0; i < 12; ++i) {
        runs.push_back(i % 2 == 0 ? 1 : 2);
    }
    CHECK(*fence_of(runs, ChangeScale::relative) == doctest::Approx(2.5));
    CHECK(*fence_of(runs, ChangeScale::points) == doctest::Approx(1));
    CHECK_FALSE(fence_of(std::vector<double>(10, 1), ChangeScale::relative)); // nine changes
    CHECK(*fence_of(std::vector<double>(11, 1), ChangeScale::relative) == 0);
    // A hundred runs at most: what lies before does not count.
    std::vector<double> long_ago(50, 0);
    long_ago[10] = 7;
    long_ago.insert(long_ago.end(), 100, 1);
    CHECK(*fence_of(long_ago, ChangeScale::relative) == 0);
}

TEST_CASE("without enough runs for a fence the smallest change that would be seen stands in") {
    const StoredFinding one = found(100, around(100, 0.01, 6), seconds());
    CHECK(*one.fence == *one.mde);
}

TEST_CASE("one run far out does not hide what the others would have seen") {
    std::vector<double> runs = around(100, 0.01, 20);
    runs[4] = 51;
    CHECK(*found(100, runs, seconds()).mde < 0.10);
    CHECK(std::isnan(spread_of_runs(std::vector<double>{1})));
}

TEST_CASE("a centre that somebody gave as a number has no error of its own") {
    const auto points = runs_of(around(100, 0.01, 6));
    const auto number =
        choose_baseline(points, {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{100}});
    const StoredFinding one =
        examine({.figures = {104}, .kind = seconds(), .baseline = *number.baseline}, {});
    CHECK(*one.mde < *found(104, around(100, 0.01, 6), seconds()).mde);
    const auto alone =
        choose_baseline({}, {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{100}});
    const StoredFinding unknown =
        examine({.figures = {104}, .kind = seconds(), .baseline = *alone.baseline}, {});
    CHECK(*unknown.change == doctest::Approx(0.04));
    CHECK_FALSE(unknown.p);
    CHECK_FALSE(unknown.mde);
}

} // namespace stored_series_test
