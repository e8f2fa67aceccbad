// pytest-benchmark's JSON: an old file without data, a new one whose data somebody cut.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;

TEST_CASE("pytest-benchmark: an old file has figures, and no samples") {
    const auto bytes = sample("pytest-benchmark/"
                              "0001_b87b9aae14ff14a7887a6bbaa9731b9a8760555d_20150814_190343_"
                              "uncommitted-changes.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("pytest_benchmark", "0001.json", *bytes);
    REQUIRE(read.cases().size() == 1);
    const measure::ImportedCase row = read.cases()[0];
    CHECK(row.suite == "tests/test_normal.py");
    CHECK(row.name == "test_xfast_parametrized");
    CHECK(row.parameters.at("param") == "0");
    const measure::ImportedMetric time = read.metric(row.name);
    CHECK(time.samples.empty());
    CHECK(time.median == 2.2016643907464864e-07);
    CHECK(time.stddev == 2.140441942118885e-07);
    CHECK(time.n == 9987);
    const measure::ImportedRun run = read.runs()[0];
    CHECK(run.commit == "5b78858eb718649a31fb93d8dc96ca2cee41a4cd");
    CHECK(run.dirty == true);
    CHECK(run.date == 1439596906250433000LL);
}

TEST_CASE("pytest-benchmark: data that was cut is no sample of the whole") {
    const auto bytes = sample("bencher/python/pytest/two.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("pytest_benchmark", "two.json", *bytes);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.metric("test_fib_10").samples.empty());
    CHECK(read.metric("test_fib_10").median == 2.2300000000363696e-05);
    CHECK(read.metric("test_fib_20").median == 0.0029605825000003083);
    CHECK(read.runs()[0].branch == "pytest");
    CHECK(read.runs()[0].machine == "Intel(R) Core(TM) i7-4771 CPU @ 3.50GHz");
    CHECK_FALSE(read.runs()[0].hardware.contains("node"));
}

TEST_CASE("pytest-benchmark: data, parameters and extra numbers are kept") {
    const Reading read = read_with("pytest_benchmark",
                                   "x.json",
                                   R"({"machine_info": {"python_version": "3"}, "commit_info": {},
        "benchmarks": [{"name": "test_sort[64-fast]", "fullname": "a/b.py::test_sort[64-fast]",
        "params": {"n": 64, "how": "fast"}, "extra_info": {"Rows Read": 7},
        "stats": {"median": 2, "data": [1, 2, 3], "rounds": 3}}]})");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].name == "test_sort");
    CHECK(read.cases()[0].parameters.at("n") == 64);
    CHECK(read.samples("test_sort") == std::vector<double>{1, 2, 3});
    CHECK(read.metric("test_sort", "extra.rows_read").median == 7);
}

TEST_CASE("pytest-benchmark: rows of another tool are no file of it") {
    const Reading read = read_with("pytest_benchmark",
                                   "x.json",
                                   R"({"context": {}, "benchmarks": [{"name": "BM_a",
                                       "run_type": "iteration", "real_time": 1, "cpu_time": 1}]})");
    CHECK(read.status != ASSAY_OK);
    CHECK(read.text.find("'stats'") != std::string::npos);
    CHECK(read.cases().empty());
}
