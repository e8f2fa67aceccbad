// github-action-benchmark: custom results, and a store that is a branch's history.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::Direction;

namespace {

const std::string kStore = R"(window.BENCHMARK_DATA = {"lastUpdate": 1574927128603,
  "repoUrl": "https://github.com/example/project", "entries": {"Go": [
    {"commit": {"id": "aaa", "timestamp": "2019-11-27T10:00:00+09:00"}, "date": 1574820000000,
     "tool": "go", "benches": [{"name": "BenchmarkFib10", "value": 325, "unit": "ns/op",
                                "range": "± 20"}]},
    {"commit": {"id": "bbb", "timestamp": "2019-11-28T10:00:00+09:00"}, "date": 1574906400000,
     "tool": "go", "benches": [{"name": "BenchmarkFib10", "value": 330, "unit": "ns/op"}]}],
  "JMH": [{"commit": {"id": "bbb"}, "date": 1574906400001, "tool": "jmh",
     "benches": [{"name": "m", "value": 4, "unit": "ops/ms"}]}]}})";

} // namespace

TEST_CASE("github-action-benchmark: every entry of a store is a run with its commit and date") {
    const Reading read = read_with("github_action_benchmark", "data.js", kStore);
    REQUIRE(read.status == ASSAY_OK);
    REQUIRE(read.runs().size() == 3);
    CHECK(read.runs()[0].commit == "aaa");
    CHECK(read.runs()[1].date == 1574906400000LL * 1'000'000);
    CHECK(read.runs()[0].repository == "https://github.com/example/project");
    REQUIRE(read.cases().size() == 3);
    CHECK(read.cases()[0].suite == "Go");
    CHECK(read.metric("BenchmarkFib10").median == 325 / 1e9);
    CHECK(read.metric("BenchmarkFib10").stddev == 20 / 1e9);
    CHECK(read.metric("BenchmarkFib10").direction == Direction::lower);
}

TEST_CASE("github-action-benchmark: a unit with a direction beats the tool") {
    const Reading read = read_with("github_action_benchmark", "data.js", kStore);
    const measure::ImportedMetric metric = read.metric("m", "value");
    CHECK(metric.unit == "1/s");
    CHECK(metric.median == 4000);
    CHECK(metric.direction == Direction::higher);
}

TEST_CASE("github-action-benchmark: custom results have no direction but their unit's") {
    const Reading read = read_with("github_action_benchmark",
                                   "custom.json",
                                   R"([{"name": "CPU Load", "unit": "Percent", "value": 50,
        "range": "5%"}, {"name": "t", "unit": "ms", "value": 2}, {"name": "x", "unit": "s",
        "value": NaN}])");
    REQUIRE(read.cases().size() == 3);
    CHECK(read.metric("CPU Load", "value").unit == "{Percent}");
    CHECK(read.metric("CPU Load", "value").direction == Direction::none);
    CHECK(read.metric("CPU Load", "value").stddev == 2.5);
    CHECK(read.metric("t").median == 0.002);
    CHECK(read.cases()[2].status == measure::CaseStatus::failed);
}

TEST_CASE("github-action-benchmark: an entry that is cut off does not count") {
    const std::size_t second = kStore.find("\"bbb\"");
    const Reading read =
        read_with("github_action_benchmark", "data.js", kStore.substr(0, second + 150));
    CHECK(read.runs().size() == 1);
    CHECK(read.cases().size() == 1);
    CHECK(read.partial() != "");
}
