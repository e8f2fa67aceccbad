// google-benchmark's JSON: old and new files, aggregates, counters, failures.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;

namespace {

std::string document_with(const std::string& rows) {
    return R"({"context": {"date": "2026-11-21T10:00:00+01:00", "executable": "./bin/bench",
        "num_cpus": 8, "mhz_per_cpu": 3200, "git_commit": "abc123"}, "benchmarks": [)" +
           rows + "]}";
}

Reading read_rows(const std::string& rows) {
    return read_with("google_benchmark", "x.json", document_with(rows));
}

} // namespace

TEST_CASE("google-benchmark: the times of a real file, in seconds") {
    const auto bytes = sample("bencher/cpp/google/two.txt");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("google_benchmark", "two.txt", *bytes);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.samples("fib_10") == std::vector<double>{2.1498980114547953e+02 / 1e9});
    CHECK(read.samples("fib_20", "cpu_time") == std::vector<double>{2.7364903204272359e+04 / 1e9});
    CHECK(read.metric("fib_10").source_unit == "ns");
    CHECK(read.cases()[0].suite == "a.out");
    CHECK(read.runs()[0].hardware.at("num_cpus") == 4);
    CHECK(read.runs()[0].hardware.contains("cache_3"));
    CHECK_FALSE(read.runs()[0].hardware.contains("mhz_per_cpu"));
    CHECK_FALSE(read.runs()[0].hardware.contains("host_name"));
}

TEST_CASE(
    "google-benchmark: an old file without run types repeats names, and seconds stay seconds") {
    const auto many = sample("google-benchmark/test5_run0.json");
    const auto first = sample("google-benchmark/test1_run1.json");
    if (!many || !first) {
        return;
    }
    CHECK(read_with("google_benchmark", "a.json", *many).samples("BM_ManyRepetitions") ==
          std::vector<double>{1});
    const Reading read = read_with("google_benchmark", "b.json", *first);
    CHECK(read.samples("BM_100xFaster") == std::vector<double>{10000 / 1e9});
    CHECK(read.runs()[0].date == 1470159886LL * 1'000'000'000);
    for (const measure::ImportedCase& row : read.cases()) {
        CHECK(row.name.find("BigO") == std::string::npos);
        CHECK(row.name.find("RMS") == std::string::npos);
    }
}

TEST_CASE("google-benchmark: rows without a time are failed cases, and a percentage is none") {
    const auto bare = sample("google-benchmark/test4_run.json");
    const auto percentage = sample("google-benchmark/test4_run0.json");
    if (!bare || !percentage) {
        return;
    }
    const Reading read = read_with("google_benchmark", "a.json", *bare);
    CHECK(read.cases().size() == 8);
    for (const measure::ImportedCase& row : read.cases()) {
        CHECK(row.status == CaseStatus::failed);
    }
    CHECK(read_with("google_benchmark", "b.json", *percentage).cases().empty());
}

TEST_CASE("google-benchmark: aggregates count only where there are no repetitions") {
    const std::string median = R"({"name": "f_median", "run_name": "f", "run_type": "aggregate",
        "aggregate_name": "median", "real_time": 7, "cpu_time": 7, "time_unit": "us"})";
    const std::string mean = R"({"name": "f_mean", "run_name": "f", "run_type": "aggregate",
        "aggregate_name": "mean", "real_time": 9, "cpu_time": 9, "time_unit": "us"})";
    const std::string once = R"({"name": "f", "run_name": "f", "run_type": "iteration",
        "real_time": 5, "cpu_time": 5, "time_unit": "us"})";
    CHECK(read_rows(once + "," + once + "," + mean + "," + median).samples("f") ==
          std::vector<double>{5 / 1e6, 5 / 1e6});
    CHECK(read_rows(mean + "," + median).samples("f") == std::vector<double>{7 / 1e6});
    CHECK(read_rows(mean).samples("f") == std::vector<double>{9 / 1e6});
}

TEST_CASE("google-benchmark: counters keep their name, rates have a direction") {
    const Reading read = read_rows(R"({"name": "f", "iterations": 3, "real_time": 1, "cpu_time": 1,
        "time_unit": "ms", "bytes_per_second": 2e9, "Cache Misses": 12})");
    CHECK(read.metric("f", "bytes_rate").unit == "By/s");
    CHECK(read.metric("f", "bytes_rate").direction == measure::Direction::higher);
    CHECK(read.samples("f", "cache_misses") == std::vector<double>{12});
    CHECK(read.metric("f", "cache_misses").direction == measure::Direction::none);
    CHECK(read.runs()[0].commit == "abc123");
    CHECK(read.cases()[0].suite == "bench");
}

TEST_CASE("google-benchmark: an error fails its case, and so does a figure that is no number") {
    const Reading read = read_rows(R"({"name": "a", "error_occurred": true, "error_message": "no",
        "real_time": 0, "cpu_time": 0, "time_unit": "ns"},
        {"name": "b", "real_time": NaN, "cpu_time": 1, "time_unit": "ns"},
        {"name": "c", "real_time": "12", "cpu_time": 1, "time_unit": "ns"})");
    REQUIRE(read.cases().size() == 3);
    CHECK(read.cases()[0].status == CaseStatus::failed);
    CHECK(read.cases()[0].reason == "no");
    CHECK(read.cases()[1].status == CaseStatus::failed);
    CHECK(read.cases()[1].reason == "non-finite");
    CHECK(read.cases()[2].status == CaseStatus::failed);
    CHECK(read.cases()[2].reason == "its real_time is a text, not a number");
}

TEST_CASE("google-benchmark: a row without a time fails its case, and another unit the file") {
    const Reading read = read_rows(R"({"name": "a", "cpu_time": 1, "time_unit": "ns"})");
    CHECK(read.cases()[0].status == CaseStatus::failed);
    CHECK(read.cases()[0].reason == "it has no real_time");
    const Reading refused =
        read_rows(R"({"name": "b", "real_time": 1, "cpu_time": 1, "time_unit": "fortnight"})");
    CHECK(refused.text.find("'b' has the time_unit 'fortnight': expected ns, us, ms or s") !=
          std::string::npos);
}
