#include "stored_runs.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace baseline_policy_test {

using namespace assay;
using namespace assay::verdict;

namespace {

double center_of(const std::vector<StoredPoint>& points, const BaselineOptions& options = {}) {
    const BaselineChoice chosen = choose_baseline(points, options);
    REQUIRE_MESSAGE(chosen.baseline, chosen.reason);
    return chosen.baseline->center;
}

} // namespace

TEST_CASE("a segment is the median of what counts since the newest accepted change point") {
    auto points = runs_of({9, 9, 9, 9, 9, 1, 2, 3, 4, 5});
    CHECK(center_of(points) == doctest::Approx(7));
    points[5].opens_segment = true;
    CHECK(center_of(points) == 3);
    points[0].opens_segment = true;
    CHECK(center_of(points) == 3);
    const Baseline baseline = *choose_baseline(points, {}).baseline;
    CHECK(*baseline.spread() == doctest::Approx(1.4826));
    CHECK(baseline.runs.front() == "run-5");
    CHECK(baseline.n == 5);
    CHECK(baseline.id == "segment of 5 runs, run-5 to run-9");
}

TEST_CASE("a segment of too few runs is no baseline and says why runs do not count") {
    auto points = runs_of({1, 2, 3, 4, 5, 6});
    points[0].outlier = true;
    points[1].dirty = true;
    const BaselineChoice chosen = choose_baseline(points, {});
    CHECK_FALSE(chosen.baseline);
    CHECK(chosen.reason == "4 of 6 runs count, a baseline needs 5 (not counted: 1 outliers, 1 of a "
                           "dirty tree)");
    CHECK(choose_baseline(points, {.min_runs = 4}).baseline);
    CHECK_FALSE(choose_baseline({}, {.min_runs = 0}).baseline);
}

TEST_CASE("no baseline rests on runs that something is said against") {
    const auto with = [](const auto& spoil) {
        auto points = runs_of({5, 5, 5, 5, 5, 1000});
        spoil(points.back());
        return choose_baseline(points, {.policy = BaselinePolicy::last_n}).baseline->runs.back();
    };
    CHECK(with([](StoredPoint&) {}) == "run-5");
    CHECK(with([](StoredPoint& one) { one.outlier = true; }) == "run-4");
    CHECK(with([](StoredPoint& one) { one.environment_shift = true; }) == "run-4");
    CHECK(with([](StoredPoint& one) { one.excluded = true; }) == "run-4");
    CHECK(with([](StoredPoint& one) { one.dirty = true; }) == "run-4");
    CHECK(with([](StoredPoint& one) { one.figure.reset(); }) == "run-4");
    CHECK(with([](StoredPoint& one) { one.figure = std::numeric_limits<double>::quiet_NaN(); }) ==
          "run-4");
}

TEST_CASE("last-n is the median of the newest runs and of no fewer") {
    const auto points = runs_of({100, 1, 2, 3, 4, 5});
    CHECK(center_of(points, {.policy = BaselinePolicy::last_n}) == 3);
    CHECK(center_of(points, {.policy = BaselinePolicy::last_n, .last = 3}) == 4);
    CHECK_FALSE(choose_baseline(points, {.policy = BaselinePolicy::last_n, .last = 7}).baseline);
}

TEST_CASE("a pinned baseline is what somebody fixed, with the noise that the runs show") {
    auto points = runs_of(around(100));
    points[3].compiler = "gcc 12.2.0";
    const auto run = choose_baseline(
        points, {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{42, "run-3", 1}});
    CHECK(run.baseline->center == 42);
    CHECK(run.baseline->n == 1);
    CHECK(run.baseline->figures.size() == points.size());
    CHECK(run.baseline->compiler == "gcc 12.2.0");
    CHECK(run.baseline->id == "pinned at run run-3");
    CHECK(choose_baseline({}, {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{42}})
              .baseline->id == "pinned at 42");
    const auto found = choose_baseline(
        {}, {.policy = BaselinePolicy::pinned, .fixed = FixedBaseline{42, {}, 7, "segment"}});
    CHECK(found.baseline->id == "segment of 7 runs at 42");
    CHECK(found.baseline->n == 7);
    const auto time = choose_baseline({},
                                      {.policy = BaselinePolicy::pinned,
                                       .fixed = FixedBaseline{.center = 1.81417e-06, .unit = "s"}});
    CHECK(time.baseline->id == "pinned at 1.814 \u00b5s");
    CHECK(choose_baseline(points, {.policy = BaselinePolicy::pinned}).reason ==
          "nothing is pinned");
}

TEST_CASE("a release is the newest tag that fits, over all of its runs") {
    auto points = runs_of({1, 2, 3, 4, 5});
    points[0].tag = "v1.0";
    points[1].tag = points[2].tag = "v1.1";
    points[3].tag = "nightly";
    const BaselineOptions releases{.policy = BaselinePolicy::release, .tag_pattern = "v*"};
    CHECK(center_of(points, releases) == doctest::Approx(2.5));
    points[2].outlier = true;
    CHECK(center_of(points, releases) == 2);
    points[1].dirty = true;
    CHECK(center_of(points, releases) == 1);
    CHECK(choose_baseline(points, {.policy = BaselinePolicy::release, .tag_pattern = "x*"})
              .reason.find("x*") != std::string::npos);
}

TEST_CASE("a ratchet stays where it is, and begins with the newest runs") {
    const auto points = runs_of({100, 1, 2, 3, 4, 5});
    CHECK(center_of(points, {.policy = BaselinePolicy::ratchet}) == 3);
    CHECK(center_of(points,
                    {.policy = BaselinePolicy::ratchet, .fixed = FixedBaseline{7, {}, 5}}) == 7);
}

TEST_CASE("policies are known by their names") {
    for (const auto policy : {BaselinePolicy::segment,
                              BaselinePolicy::pinned,
                              BaselinePolicy::last_n,
                              BaselinePolicy::ratchet,
                              BaselinePolicy::release}) {
        CHECK(baseline_policy_from(name_of(policy)) == policy);
    }
    CHECK_FALSE(baseline_policy_from("newest"));
    CHECK(name_of(Refusal::pinned) == "pinned");
}

} // namespace baseline_policy_test
