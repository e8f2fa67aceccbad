#include "history/case_points.hpp"
#include "runs.hpp"

using namespace assay;
using namespace assay::history;
using measure::CaseStatus;

namespace {

// As the bus writes it, but for what nobody here looks at.
json::object metric(std::string_view key, std::string_view unit, double median) {
    return {{"key", key},
            {"unit", unit},
            {"direction", "lower"},
            {"aggregate", "samples"},
            {"provenance", "measured"},
            {"clock", nullptr},
            {"gate", true},
            {"exact", false},
            {"n", 6},
            {"median", json_number(median)},
            {"mad", 0.5},
            {"min", 1.0},
            {"max", 9.0},
            {"p95", 8.0},
            {"p99", 8.5},
            {"ci", json::array{2.0, 4.0}},
            {"launches",
             json::array{json::object{{"median", 2.0}, {"samples", {1.0, 2.0, 3.0}}},
                         json::object{{"median", 3.0}, {"samples", {2.0, 3.0, 9.0}}},
                         json::object{{"median", 4.0}, {"samples", json::array{}}}}}};
}

json::object case_with(json::array metrics, std::string_view status = "passed") {
    return {{"id", "sample/sum[n=64]"},
            {"suite", "sample"},
            {"family", "sum"},
            {"params", json::object{{"n", 64}}},
            {"shape", "independent"},
            {"status", status},
            {"reason", status == "passed" ? json::value(nullptr) : json::value("it broke")},
            {"isolation", "case"},
            {"metrics", std::move(metrics)}};
}

CasePoints points_of(const json::object& document) {
    Result<CasePoints> points = case_points(
        document,
        {.platform = testing::small_machine(), .isolation = "launch", .build_sha256 = "b"});
    REQUIRE_MESSAGE(points.ok(), (points.ok() ? std::string{} : points.error().message));
    return std::move(*points);
}

} // namespace

TEST_CASE("a metric becomes a point with everything that its series is told by") {
    const CasePoints points = points_of(case_with({metric("time", "s", 3)}));
    REQUIRE(points.points.size() == 1);
    CHECK_FALSE(points.failure.has_value());
    const Point& point = points.points.front();
    CHECK(point.status == CaseStatus::passed);
    CHECK(point.build_sha256 == "b");
    CHECK(point.series.case_id == "sample/sum[n=64]");
    CHECK(point.series.suite == "sample");
    CHECK(point.series.family == "sum");
    CHECK(point.series.params.at("n").get_int64() == 64);
    CHECK(point.series.metric == "time");
    CHECK(point.series.direction == measure::Direction::lower);
    CHECK(point.series.aggregate == "samples");
    CHECK(point.series.clock.empty());
    CHECK(point.series.shape == "independent");
    CHECK(point.series.isolation == "case"); // its own, not the run's
    CHECK(point.series.platform.label == "epyc_2c_8GiB_kvm");
    CHECK(point.series.flags == ASSAY_METRIC_GATE);
}

TEST_CASE("the figures are the median over launches, its interval and the spread of the launches") {
    const CasePoints points = points_of(case_with({metric("time", "s", 3)}));
    const Point& point = points.points.front();
    REQUIRE(point.figures.has_value());
    CHECK(point.figures->center == 3);
    CHECK(point.figures->lo == 2);
    CHECK(point.figures->hi == 4);
    CHECK(point.figures->spread == doctest::Approx(1.4826)); // of 2, 3, 4
    CHECK(point.figures->min == 1);
    CHECK(point.figures->max == 9);
    CHECK(point.figures->p95 == 8);
    CHECK(point.figures->p99 == 8.5);
    CHECK(point.figures->n == 6);
    CHECK(point.figures->n_launches == 3);
    CHECK(point.samples.launch_medians == std::vector<double>{2, 3, 4});
    CHECK(point.samples.launches == std::vector<std::vector<double>>{{1, 2, 3}, {2, 3, 9}, {}});
}

TEST_CASE("with a single launch the spread is that of its samples") {
    json::object one = metric("time", "s", 3);
    one["launches"].get_array().resize(1);
    CHECK(points_of(case_with({one})).points.front().figures->spread ==
          doctest::Approx(1.4826 * 0.5));
    one["n"] = 1;
    CHECK_FALSE(points_of(case_with({one})).points.front().figures->spread.has_value());
}

TEST_CASE("every figure of another unit is brought to the base unit, and the source's is kept") {
    const CasePoints points = points_of(case_with({metric("latency", "ms", 3)}));
    const Point& point = points.points.front();
    CHECK(point.series.unit == "s");
    CHECK(point.series.source_unit == "ms");
    CHECK(point.figures->center == doctest::Approx(3e-3));
    CHECK(*point.figures->lo == doctest::Approx(2e-3));
    CHECK(*point.figures->hi == doctest::Approx(4e-3));
    CHECK(*point.figures->spread == doctest::Approx(1.4826e-3));
    CHECK(*point.figures->p99 == doctest::Approx(8.5e-3));
    CHECK(point.samples.launches[1][2] == doctest::Approx(9e-3));
    CHECK(points.unknown_units.empty());
    const CasePoints memory = points_of(case_with({metric("heap", "KiB", 3)}));
    CHECK(memory.points.front().series.unit == "By");
    CHECK(memory.points.front().figures->center == 3072);
}

TEST_CASE("an unknown unit is kept as it is and told") {
    const CasePoints points = points_of(case_with({metric("pace", "furlong", 3)}));
    CHECK(points.points.front().series.unit == "furlong");
    CHECK(points.points.front().figures->center == 3);
    CHECK(points.unknown_units == std::set<std::string>{"furlong"});
}

TEST_CASE("a case that did not pass has rows without figures and its reason") {
    for (const char* status : {"failed",
                               "wrong_result",
                               "timed_out",
                               "crashed",
                               "skipped",
                               "cancelled",
                               "unavailable"}) {
        const CasePoints points = points_of(case_with({metric("time", "s", 3)}, status));
        REQUIRE(points.failure.has_value());
        CHECK(points.failure->status == measure::case_status_from(status));
        CHECK(points.failure->reason == "it broke");
        CHECK(points.points.front().status == points.failure->status);
        CHECK_FALSE(points.points.front().figures.has_value());
        CHECK(points.points.front().samples.launches.empty());
    }
    CHECK(points_of(case_with({}, "crashed")).failure->case_id == "sample/sum[n=64]");
}

TEST_CASE("a metric that was never observed is unavailable, and its case has passed") {
    json::object unobserved = metric("instructions", "1", 3);
    unobserved["n"] = 0;
    unobserved["median"] = nullptr;
    const CasePoints points = points_of(case_with({metric("time", "s", 3), unobserved}));
    CHECK_FALSE(points.failure.has_value());
    CHECK(points.points[1].status == CaseStatus::unavailable);
    CHECK_FALSE(points.points[1].figures.has_value());
}

TEST_CASE("figures that are not finite, and negative times, fail with their names") {
    const CasePoints points = points_of(case_with(
        {metric("time", "s", -1), metric("score", "1", NAN), metric("balance", "1", -1)}));
    CHECK(points.points[0].status == CaseStatus::failed);
    CHECK(points.points[1].status == CaseStatus::failed);
    CHECK_FALSE(points.points[1].figures.has_value());
    CHECK(points.points[2].status == CaseStatus::passed);
    CHECK(points.points[2].figures->center == -1);
    REQUIRE(points.failure.has_value());
    CHECK(points.failure->status == CaseStatus::failed);
    CHECK(points.failure->reason == "metric 'time': a negative time; metric 'score': its figure is "
                                    "not a finite number");
}

TEST_CASE("an exact metric is marked in the series and in the point") {
    json::object exact = metric("allocations", "1", 3);
    exact["exact"] = true;
    const CasePoints points = points_of(case_with({exact}));
    CHECK((points.points.front().series.flags & ASSAY_METRIC_EXACT) != 0);
    CHECK(points.points.front().flags == point_flag::exact);
}

TEST_CASE("a case that passed without a figure is a failure") {
    const CasePoints points = points_of(case_with({}));
    REQUIRE(points.failure.has_value());
    CHECK(points.failure->status == CaseStatus::failed);
}

TEST_CASE("what is no case is refused with what is missing") {
    for (json::object document : {case_with({}, "splendid"),
                                  case_with({json::object{{"n", 1}}}),
                                  json::object{{"status", "passed"}},
                                  json::object{}}) {
        const auto points =
            case_points(document, {.platform = {}, .isolation = "", .build_sha256 = ""});
        REQUIRE_FALSE(points.ok());
        CHECK(points.error().kind == ErrorKind::plugin);
    }
}
