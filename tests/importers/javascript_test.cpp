// Lines of benchmark.js and console.time, JSON of vitest.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("benchmark.js: the last x is the one, the margin is an interval") {
    const auto four = sample("bencher/js/benchmark/four.txt");
    const auto six = sample("bencher/js/benchmark/issue_506.txt");
    if (!four || !six) {
        return;
    }
    const Reading read = read_with("benchmark_js", "x", *four);
    REQUIRE(read.cases().size() == 4);
    const measure::ImportedMetric rate = read.metric("fib(10)", "throughput");
    CHECK(rate.mean == 1431759);
    CHECK(rate.lo == doctest::Approx(1431759 * 0.9926));
    CHECK(rate.n == 93);
    CHECK(rate.unit == "1/s");
    CHECK(rate.direction == Direction::higher);
    CHECK(read.metric("benchmark with x 2 many things", "throughput").mean == 50);
    CHECK(read_with("benchmark_js", "x", *six).cases().size() == 6);
}

TEST_CASE("console.time: timers that ended, with colons in their names") {
    const auto four = sample("bencher/js/time/four.txt");
    if (!four) {
        return;
    }
    const Reading read = read_with("console_time", "x", *four);
    REQUIRE(read.cases().size() == 4);
    CHECK(read.samples("default") == std::vector<double>{7.617});
    CHECK(read.samples("benchmark 3: The Third - timer/timerEnd") == std::vector<double>{8.827});
}

TEST_CASE("console.time: other ways to print a duration need the importer's name") {
    const std::string text = "a: 7.5s\nb: 1:23.500 (m:ss.mmm)\na: 8.5s\nc: 12 things\n";
    CHECK(probe_with("console_time", "x", text) < 60);
    const Reading read = read_with("console_time", "x", text);
    CHECK(read.samples("a") == std::vector<double>{7.5, 8.5});
    CHECK(read.samples("b") == std::vector<double>{83.5});
    CHECK(read.cases().size() == 3);
}

TEST_CASE("vitest: milliseconds, groups are suites") {
    const auto four = sample("bencher/js/vitest/four.json");
    const auto two = sample("bencher/js/vitest/two.json");
    if (!four || !two) {
        return;
    }
    const Reading read = read_with("vitest", "x", *four);
    REQUIRE(read.cases().size() == 4);
    CHECK(read.cases()[0].suite == "fib.bench.ts > fibonacci");
    const measure::ImportedMetric time = read.metric("fib(10)");
    CHECK(time.median == 0.75e-3);
    CHECK(time.mean == 1e-3);
    CHECK(time.lo == doctest::Approx(1e-3 - 0.0514e-3));
    CHECK(time.n == 93);
    CHECK(read.metric("fib(10)", "throughput").median == 1000);
    CHECK(read.metric("reverse").p99 == 14e-3);
    CHECK(read_with("vitest", "x", *two).cases().size() == 2);
}

TEST_CASE("vitest: samples that were kept, and a benchmark that has no figures") {
    const Reading read = read_with("vitest", "x", R"({"files":[{"filepath":"f","groups":[
        {"fullName":"g","benchmarks":[{"name":"a","mean":2,"samples":[1,3]},{"name":"b"}]}]}]})");
    CHECK(read.samples("a") == std::vector<double>{1e-3, 3e-3});
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[1].status == CaseStatus::failed);
}
