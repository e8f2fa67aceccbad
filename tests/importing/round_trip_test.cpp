// A recorded run, exported, and imported into a fresh history: every figure, unit, direction and
// name that a format can carry is the same, and what it cannot carry is what its table says
// (host/tracking/exports/README.md).
#include "told_project.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::Direction;

namespace {

const std::string kAddCase = "sums/add[n=64]";

history::Point told_point(const history::Run& run,
                          const std::string& metric,
                          const std::string& unit,
                          Direction direction,
                          const std::vector<double>& samples) {
    history::Point point{.series = run.points.front().series};
    point.series.metric = metric;
    point.series.unit = point.series.source_unit = unit;
    point.series.direction = direction;
    point.figures = history::Figures{
        .center = samples[samples.size() / 2], .n = samples.size(), .n_launches = 1};
    if (samples.size() > 1) {
        point.figures->lo = samples.front();
        point.figures->hi = samples.back();
        point.figures->spread = 3.25e-8;
        point.samples = {.launch_medians = {point.figures->center}, .launches = {samples}};
    }
    return point;
}

// One case with figures of several kinds, whose doubles are no round numbers, and one that crashed.
history::Run recorded_run() {
    history::Run run = told(1, 1);
    const history::Point blank = run.points.front();
    const auto add = [&](const std::string& metric,
                         const std::string& unit,
                         Direction direction,
                         const std::vector<double>& samples) {
        run.points.push_back(told_point(run, metric, unit, direction, samples));
    };
    add("cpu_time", "s", Direction::lower, {1.0 / 3e6});
    add("items_rate", "1/s", Direction::higher, {1e7 / 3});
    add("hit_rate", "1", Direction::higher, {0.1 + 0.2});
    add("text_bytes", "By", Direction::lower, {4096});
    run.points.back().flags = history::point_flag::exact;
    run.points.front() =
        told_point(run, "time", "s", Direction::lower, {1.1e-6 / 3, 2.3e-6 / 3, 3.7e-6 / 3});
    run.failures = {{"sums/broken", measure::CaseStatus::crashed, "signal 11"}};
    run.status = "failed";
    return run;
}

struct Travelled {
    history::Run run;
    std::string told; // what the export said on stderr
};

// Through the program, as a user would.
Travelled travelled(const history::Run& from,
                    const std::string& format,
                    const std::vector<std::string>& export_words = {},
                    const std::vector<std::string>& import_words = {}) {
    const ToldProject before, after;
    before.record(from);
    const std::string file = after.file("exported." + format).string();
    std::vector<std::string> out{"export", format, "--output", file};
    out.insert(out.end(), export_words.begin(), export_words.end());
    const auto exported = before.assay(out);
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    std::vector<std::string> in{"import", "auto", file};
    in.insert(in.end(), import_words.begin(), import_words.end());
    const auto imported = after.assay(in);
    INFO(imported.err);
    REQUIRE(imported.exit_code == 0);
    auto run = after.store()->run("latest");
    REQUIRE(run.ok());
    return {.run = std::move(*run), .told = exported.err};
}

const history::Point&
point_of(const history::Run& run, const std::string& case_id, const std::string& metric) {
    for (const history::Point& point : run.points) {
        if (point.series.case_id == case_id && point.series.metric == metric) {
            return point;
        }
    }
    std::string all;
    for (const history::Point& point : run.points) {
        all += point.series.case_id + " " + point.series.metric + "\n";
    }
    FAIL("no " << case_id << " " << metric << " among\n" << all);
    return run.points.front();
}

struct Carried {
    std::string case_id, metric, unit;
    Direction direction = Direction::none;
    double figure = 0;
};

void check_carried(const history::Run& run, const Carried& wanted) {
    CAPTURE(wanted.case_id);
    CAPTURE(wanted.metric);
    const history::Point& point = point_of(run, wanted.case_id, wanted.metric);
    CHECK(point.series.unit == wanted.unit);
    CHECK(point.series.direction == wanted.direction);
    REQUIRE(point.figures);
    CHECK(point.figures->center == wanted.figure); // the same double
}

std::vector<double> samples_of(const history::Point& point) {
    std::vector<double> all;
    for (const std::vector<double>& launch : point.samples.launches) {
        all.insert(all.end(), launch.begin(), launch.end());
    }
    return all;
}

bool is_exact(const history::Point& point) {
    return (point.flags & history::point_flag::exact) != 0;
}

const std::vector<double> kTimes{1.1e-6 / 3, 2.3e-6 / 3, 3.7e-6 / 3};

bool has_failure(const history::Run& run, const std::string& case_id, measure::CaseStatus status) {
    for (const history::Failure& failure : run.failures) {
        if (failure.case_id == case_id && failure.status == status) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("google-benchmark carries samples of times, rates, counters, commit and failures") {
    const history::Run from = recorded_run();
    const auto [run, told] = travelled(from, "google-benchmark");
    const std::string add = "sums/add/n:64"; // an axis is a part of the name
    check_carried(run, {add, "time", "s", Direction::lower, kTimes[1]});
    CHECK(samples_of(point_of(run, add, "time")) == kTimes);
    check_carried(run, {add, "cpu_time", "s", Direction::lower, 1.0 / 3e6});
    check_carried(run, {add, "items_rate", "1/s", Direction::higher, 1e7 / 3});
    check_carried(run, {add, "hit_rate", "1", Direction::none, 0.1 + 0.2}); // no direction
    check_carried(run, {add, "text_bytes", "1", Direction::none, 4096});    // no unit either
    CHECK_FALSE(is_exact(point_of(run, add, "text_bytes")));
    CHECK(has_failure(run, "sums/broken", measure::CaseStatus::failed));
    CHECK(run.git.sha == from.git.sha);
    CHECK(run.git.branch == from.git.branch);
    CHECK(run.started == from.started);
    CHECK(has(told, "units and directions of counters (2)"));
    CHECK(has(told, "intervals and spreads of figures (1)"));
}

TEST_CASE("benchfmt carries samples, axes, directions, exactness, commit, branch and date") {
    const history::Run from = recorded_run();
    const auto [run, told] = travelled(from, "benchfmt");
    const std::string add = "sums/BenchmarkAdd[n=64]"; // as Go names benchmarks
    check_carried(run, {add, "time", "s", Direction::lower, kTimes[1]});
    CHECK(samples_of(point_of(run, add, "time")) == kTimes);
    check_carried(run, {add, "hit_rate", "{hit_rate}", Direction::higher, 0.1 + 0.2});
    check_carried(run, {add, "text_bytes_b", "{text_bytes-B}", Direction::lower, 4096});
    CHECK(is_exact(point_of(run, add, "text_bytes_b")));
    check_carried(run, {add, "cpu_time_sec", "{cpu_time-sec}", Direction::lower, 1.0 / 3e6});
    check_carried(run, {add, "items_rate_1_s", "{items_rate-1}/s", Direction::higher, 1e7 / 3});
    CHECK(has_failure(run, "sums/BenchmarkBroken", measure::CaseStatus::failed));
    CHECK(run.git.sha == from.git.sha);
    CHECK(run.git.branch == from.git.branch);
    CHECK(run.started == from.started);
    CHECK(has(told, "units, but as a part of the names of metrics (3)"));
}

TEST_CASE("bmf carries values and intervals, and measures that Bencher knows with their units") {
    const auto [run, told] = travelled(recorded_run(), "bmf");
    const std::string add = "bencher_bmf/sums/add%5Bn%3D64%5D"; // the id is the name
    check_carried(run, {add, "time", "s", Direction::lower, kTimes[1]});
    const history::Point& time = point_of(run, add, "time");
    CHECK(time.figures->lo == kTimes.front());
    CHECK(time.figures->hi == kTimes.back());
    check_carried(run, {add, "throughput", "1/s", Direction::higher, 1e7 / 3});
    check_carried(run, {add, "hit_rate", "1", Direction::none, 0.1 + 0.2});
    check_carried(run, {add, "text_bytes", "By", Direction::lower, 4096});
    CHECK(samples_of(time).size() <= 1);
    CHECK(run.failures.empty());
    CHECK(run.git.sha.empty());
    CHECK(run.metadata.contains("date")); // nobody told it
    CHECK(has(told, "cases that did not pass (1)"));
    CHECK(has(told, "samples (3)"));
}

TEST_CASE("github-action-benchmark carries figures of one direction, units and spreads") {
    const auto [run, told] = travelled(recorded_run(),
                                       "github-action-benchmark",
                                       {"--direction", "lower"},
                                       {"--direction", "lower"});
    const std::string suite = "github_action_benchmark/";
    const std::string add = suite + "sums/add%5Bn%3D64%5D";
    check_carried(run, {add, "time", "s", Direction::lower, kTimes[1]});
    CHECK(point_of(run, add, "time").figures->spread == 3.25e-8);
    check_carried(run, {add + "%20cpu_time", "time", "s", Direction::lower, 1.0 / 3e6});
    check_carried(run, {add + "%20text_bytes", "value", "By", Direction::lower, 4096});
    CHECK(run.points.size() == 3);
    CHECK(samples_of(point_of(run, add, "time")).size() <= 1);
    CHECK(run.failures.empty());
    CHECK(run.git.sha.empty());
    CHECK(run.metadata.contains("date"));
    CHECK(has(told, "figures of the other direction (2)"));
    CHECK(has(told, "cases that did not pass (1)"));
}

TEST_CASE("openmetrics carries cases, metrics, units, directions, intervals and what broke") {
    const history::Run from = recorded_run();
    const auto [run, told] = travelled(from, "openmetrics");
    CHECK(run.points.size() == from.points.size());
    for (const history::Point& point : from.points) {
        check_carried(run,
                      {kAddCase,
                       point.series.metric,
                       point.series.unit,
                       point.series.direction,
                       point.figures->center});
    }
    const history::Point& time = point_of(run, kAddCase, "time");
    CHECK(time.figures->lo == kTimes.front());
    CHECK(time.figures->hi == kTimes.back());
    CHECK(time.figures->spread == 3.25e-8);
    CHECK(samples_of(time).size() <= 1);
    CHECK(has_failure(run, "sums/broken", measure::CaseStatus::crashed));
    CHECK(run.git.sha == from.git.sha);
    CHECK(run.git.branch == from.git.branch);
    CHECK(run.platform.label == "lab_8c_16gib"); // labels of imports are in small letters
    CHECK(has(told, "samples (3)"));
    CHECK(has(told, "reasons why cases did not pass (1)"));
}

TEST_CASE("several runs in one openmetrics text come back as so many, with their dates") {
    const ToldProject before, after;
    before.record_all({8.0, 8.5, 9.0});
    const std::string file = after.file("runs.prom").string();
    REQUIRE(before.assay({"export", "openmetrics", "--runs", "3", "--output", file}).exit_code ==
            0);
    const auto imported = after.assay({"import", "auto", file});
    REQUIRE_MESSAGE(imported.exit_code == 0, imported.err);
    const auto rows = after.store()->runs({});
    REQUIRE(rows->size() == 3);
    CHECK(rows->front().started == told(3, 9.0).started);
    CHECK(rows->front().sha == told(3, 9.0).git.sha);
    const auto newest = after.store()->run(rows->front().uuid);
    check_carried(*newest, {kAddCase, "time", "s", Direction::lower, 9.0});
}

TEST_CASE("junit carries times and what did not pass, and other figures as properties alone") {
    const history::Run from = recorded_run();
    const auto [run, told] = travelled(from, "junit");
    check_carried(run, {"sums/add%5Bn%3D64%5D%20time", "time", "s", Direction::lower, kTimes[1]});
    check_carried(run,
                  {"sums/add%5Bn%3D64%5D%20cpu_time", "time", "s", Direction::lower, 1.0 / 3e6});
    CHECK(has_failure(run, "sums/broken", measure::CaseStatus::failed));
    CHECK(run.started == from.started);
    CHECK(run.git.sha.empty());
    for (const history::Point& point : run.points) {
        CHECK(point.series.metric == "time");
        CHECK(samples_of(point).size() <= 1);
    }
    CHECK(has(told, "samples (3)"));
}

TEST_CASE("a bundle carries the run whole, and csv, json and sarif are read back by nobody") {
    const history::Run from = recorded_run();
    const ToldProject before, after;
    before.record(from);
    const std::string bundle = after.file("in/run.ndjson").string();
    std::filesystem::create_directory(after.file("in"));
    REQUIRE(before.assay({"export", "ndjson", "--output", bundle}).exit_code == 0);
    const auto pulled = after.assay({"history", "pull", after.file("in").string() + "/"});
    INFO(pulled.err);
    REQUIRE(pulled.exit_code == 0);
    const auto run = after.store()->run(from.uuid);
    REQUIRE(run.ok());
    REQUIRE(run->points.size() == from.points.size());
    for (const history::Point& point : from.points) {
        check_carried(*run,
                      {kAddCase,
                       point.series.metric,
                       point.series.unit,
                       point.series.direction,
                       point.figures->center});
        CHECK(samples_of(point_of(*run, kAddCase, point.series.metric)) == samples_of(point));
    }
    CHECK(has_failure(*run, "sums/broken", measure::CaseStatus::crashed));
    for (const std::string format : {"csv", "json"}) {
        CAPTURE(format);
        const std::string file = after.file("exported." + format).string();
        REQUIRE(before.assay({"export", format, "--output", file}).exit_code == 0);
        CHECK(after.assay({"import", "auto", file}).exit_code == 2);
    }
}
