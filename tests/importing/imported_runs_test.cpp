// What an importer tells, as runs: names, repeats, units, machines, and what makes two imports one.
#include "app/importing/imported_runs.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using measure::CaseStatus;
using measure::Direction;
using measure::ImportedCase;
using measure::ImportedEnd;
using measure::ImportedMetric;
using measure::ImportedRun;

namespace {

constexpr std::int64_t kNow = 1'760'000'000'000'000'000;

ImportContext context_of(const std::string& sha256 = "aa") {
    return {.format = "tool", .file = "x.json", .sha256 = sha256, .now = kNow};
}

ImportedMetric time_of(std::vector<double> samples) {
    return {.key = "time",
            .unit = "s",
            .source_unit = "ns",
            .direction = Direction::lower,
            .samples = std::move(samples)};
}

ImportedCase case_of(const std::string& name, std::vector<ImportedMetric> metrics) {
    ImportedCase row{.suite = "", .name = name};
    row.metrics = std::move(metrics);
    return row;
}

std::vector<history::Run> runs_of(std::vector<measure::ImportedEvent> events,
                                  ImportContext context = context_of()) {
    ImportedRuns runs(std::move(context));
    for (measure::ImportedEvent& event : events) {
        const Status taken = runs.take(std::move(event));
        REQUIRE_MESSAGE(taken.ok(), taken.error().message);
    }
    return std::move(runs).finish();
}

} // namespace

TEST_CASE("equal names are samples of one case, in the order of the file") {
    const auto runs = runs_of({ImportedRun{},
                               case_of("f", {time_of({3})}),
                               case_of("g", {time_of({9})}),
                               case_of("f", {time_of({1})}),
                               case_of("f", {time_of({2})}),
                               ImportedEnd{}});
    REQUIRE(runs.size() == 1);
    REQUIRE(runs[0].points.size() == 2);
    const history::Point& point = runs[0].points[0];
    CHECK(point.series.case_id == "tool/f");
    CHECK(point.series.isolation == "imported");
    CHECK(point.figures->center == 2);
    CHECK(point.figures->n == 3);
    CHECK(point.samples.launches == std::vector<std::vector<double>>{{3, 1, 2}});
    CHECK((point.flags & history::point_flag::imported) != 0);
    CHECK(runs[0].kind == "import");
}

TEST_CASE("names and parameters make an id that can be read back") {
    ImportedCase row = case_of("a b/c[1]", {time_of({1})});
    row.suite = "pkg/x";
    row.parameters = {{"n", 64}, {"how", "very fast"}};
    const auto runs = runs_of({ImportedRun{}, row});
    CHECK(runs[0].points[0].series.case_id == "pkg/x/a%20b/c%5B1%5D[n=64,how=very%20fast]");
    CHECK(runs[0].points[0].series.family == "a%20b/c%5B1%5D");
}

TEST_CASE("a repeat without samples counts as one, and a single one keeps its tool's figures") {
    ImportedMetric told = time_of({});
    told.median = 4;
    told.stddev = 0.5;
    told.n = 100;
    const auto single = runs_of({ImportedRun{}, case_of("f", {told})});
    CHECK(single[0].points[0].figures->center == 4);
    CHECK(single[0].points[0].figures->spread == 0.5);
    CHECK(single[0].points[0].figures->n == 100);
    const auto twice = runs_of({ImportedRun{}, case_of("f", {told}), case_of("f", {time_of({6})})});
    CHECK(twice[0].points[0].figures->center == 5);
}

TEST_CASE("launches are the independent observations") {
    ImportedMetric metric = time_of({1, 1, 1, 5, 5, 9});
    metric.launches = {3, 2, 1};
    const auto runs = runs_of({ImportedRun{}, case_of("f", {metric})});
    CHECK(runs[0].points[0].figures->center == 5);
    CHECK(runs[0].points[0].figures->n_launches == 3);
}

TEST_CASE("one failed repeat fails its case, and a negative time is no time") {
    ImportedCase bad = case_of("f", {});
    bad.status = CaseStatus::failed;
    bad.reason = "broke";
    const auto runs =
        runs_of({ImportedRun{}, case_of("f", {time_of({1})}), bad, case_of("g", {time_of({-1})})});
    CHECK(runs[0].points.empty());
    REQUIRE(runs[0].failures.size() == 2);
    CHECK(runs[0].failures[0].reason == "broke");
    CHECK(runs[0].failures[1].reason == "metric 'time' is negative: -1");
    CHECK(runs[0].status == "failed");
}

TEST_CASE("units become SI base units, whatever the importer left") {
    ImportedMetric metric = time_of({250});
    metric.unit = "ms";
    const auto runs = runs_of({ImportedRun{}, case_of("f", {metric})});
    CHECK(runs[0].points[0].series.unit == "s");
    CHECK(runs[0].points[0].figures->center == doctest::Approx(0.25));
}

TEST_CASE("a machine that the file does not describe is unknown, a processor is one") {
    CHECK(runs_of({ImportedRun{}, case_of("f", {time_of({1})})})[0].platform.label == "unknown");
    ImportedRun told;
    told.machine = "Intel(R) Core(TM) i7-4771";
    told.hardware = {{"count", 8}};
    const auto platform = runs_of({told, case_of("f", {time_of({1})})})[0].platform;
    CHECK(platform.label == "intel_r_core_tm_i7-4771");
    CHECK(platform.fingerprint.size() == 64);
}

TEST_CASE("the file's commit and date beat the options, which beat the clock") {
    ImportContext asked = context_of();
    asked.commit = "option";
    asked.date = 5;
    ImportedRun told;
    told.commit = "file";
    told.date = 7;
    const auto by_file = runs_of({told, case_of("f", {time_of({1})})}, asked);
    CHECK(by_file[0].git.sha == "file");
    CHECK(by_file[0].started == 7);
    const auto by_option = runs_of({ImportedRun{}, case_of("f", {time_of({1})})}, asked);
    CHECK(by_option[0].git.sha == "option");
    CHECK(by_option[0].started == 5);
    const auto by_clock = runs_of({ImportedRun{}, case_of("f", {time_of({1})})});
    CHECK(by_clock[0].git.sha == "");
    CHECK(by_clock[0].started == kNow);
    CHECK(by_clock[0].metadata.contains("date"));
}

TEST_CASE("options that the file speaks against are told to be unheeded, once") {
    ImportContext asked = context_of();
    asked.commit = "option";
    asked.date = 5;
    ImportedRun told;
    told.commit = "file";
    told.date = 7;
    ImportedRuns runs(asked);
    REQUIRE(runs.take(told).ok());
    REQUIRE(runs.take(told).ok());
    REQUIRE(runs.notes().size() == 2);
    CHECK(runs.notes()[0].find("--commit is not heeded") != std::string::npos);
    CHECK(runs.notes()[1].find("--date is not heeded") != std::string::npos);
    ImportedRuns silent(asked);
    REQUIRE(silent.take(ImportedRun{}).ok());
    CHECK(silent.notes().empty());
}

TEST_CASE("a direction that was asked for is that of figures which have none") {
    ImportedMetric counter = time_of({1});
    counter.key = "score";
    counter.unit = "1";
    counter.direction = Direction::none;
    ImportContext asked = context_of();
    asked.direction = Direction::higher;
    const auto runs = runs_of({ImportedRun{}, case_of("f", {time_of({1}), counter})}, asked);
    CHECK(runs[0].points[0].series.direction == Direction::lower);
    CHECK(runs[0].points[1].series.direction == Direction::higher);
}

TEST_CASE("a store that has grown gives its older runs the keys that they had") {
    const auto entry = [](const std::string& commit, double value) {
        ImportedRun run;
        run.commit = commit;
        run.date = 1000 + static_cast<std::int64_t>(value);
        return std::pair<measure::ImportedEvent, measure::ImportedEvent>{
            run, case_of("f", {time_of({value})})};
    };
    const auto [a, fa] = entry("a", 1);
    const auto [b, fb] = entry("b", 2);
    const auto [c, fc] = entry("c", 3);
    const auto before = runs_of({a, fa, b, fb}, context_of("one"));
    const auto after = runs_of({a, fa, b, fb, c, fc}, context_of("two"));
    REQUIRE(after.size() == 3);
    CHECK(before[0].delivery.idempotency_key == after[0].delivery.idempotency_key);
    CHECK(before[1].uuid == after[1].uuid);
    CHECK(after[2].delivery.idempotency_key != after[1].delivery.idempotency_key);
}

TEST_CASE("runs without a result are none, and a result needs a run") {
    CHECK(runs_of({ImportedRun{}, ImportedEnd{}}).empty());
    ImportedRuns runs(context_of());
    CHECK_FALSE(runs.take(case_of("f", {time_of({1})})).ok());
}
