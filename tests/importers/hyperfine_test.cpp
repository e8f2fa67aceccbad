// hyperfine's JSON: the figures that stand in real files, and commands that failed.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;

TEST_CASE("hyperfine: every time of a command is a sample in seconds") {
    const auto bytes = sample("bencher/shell/hyperfine/two.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("hyperfine", "two.json", *bytes);
    REQUIRE(read.status == ASSAY_OK);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.partial() == "");
    const measure::ImportedMetric time = read.metric("sleep 0.1");
    CHECK(time.unit == "s");
    CHECK(time.direction == measure::Direction::lower);
    CHECK(time.samples.front() == 0.10586876872);
    CHECK(time.median == 0.10652535172000001);
    CHECK(read.metric("sleep 0.1", "user_time").median == 0.0007174962962962964);
}

TEST_CASE("hyperfine: a command of which one run failed has no time") {
    const Reading read = read_with("hyperfine",
                                   "x.json",
                                   R"({"results": [{"command": "a", "mean": 1, "median": 1,
                                       "times": [1, 1], "exit_codes": [0, null]}]})");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].status == CaseStatus::failed);
    CHECK(read.cases()[0].reason == "1 of 2 runs did not exit with code 0");
    CHECK(read.cases()[0].metrics.empty());
}

TEST_CASE("hyperfine: parameters are the case's, and one run has no spread") {
    const Reading read = read_with("hyperfine",
                                   "x.json",
                                   R"({"results": [{"command": "a 3", "mean": 1.5, "median": 1.5,
                                       "stddev": null, "user": 1, "system": 0, "min": 1.5,
                                       "max": 1.5, "times": [1.5], "exit_codes": [0],
                                       "memory_usage_byte": [4096], "parameters": {"n": "3"}}]})");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].parameters.at("n") == "3");
    CHECK_FALSE(read.metric("a 3").stddev);
    CHECK(read.metric("a 3", "memory_usage").samples == std::vector<double>{4096});
    CHECK(read.metric("a 3", "memory_usage").unit == "By");
}
