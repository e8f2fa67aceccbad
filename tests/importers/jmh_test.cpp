// JMH: scores in units of both kinds, forks, and numbers that are none.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

std::string row(const std::string& members) {
    return R"([{"jmhVersion":"1.36","benchmark":"a.B.c","mode":"avgt","threads":4,"params":{},)" +
           members + "}]";
}

} // namespace

TEST_CASE("JMH: rates are throughput, parameters and threads belong to the case") {
    const auto bytes = sample("bencher/java/jmh/six.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("jmh", "six.json", *bytes);
    REQUIRE(read.status == ASSAY_OK);
    REQUIRE(read.cases().size() == 6);
    CHECK(read.runs().at(0).tool == "JMH 1.36");
    const measure::ImportedCase first = read.cases()[0];
    CHECK(first.suite == "com.github.caffeine.caffeine.cache.ComputeBenchmark");
    CHECK(first.name == "compute_sameKey");
    CHECK(first.parameters.at("computeType") == "Caffeine");
    CHECK(first.parameters.at("threads") == 32);
    CHECK(first.metrics[0].key == "throughput");
    CHECK(first.metrics[0].unit == "1/s");
    CHECK(first.metrics[0].direction == Direction::higher);
    CHECK(first.metrics[0].samples ==
          std::vector<double>{1.524957059947031E8, 1.5272414315072593E8, 1.5234054788663682E8});
    CHECK(first.metrics[0].mean == 1.5252013234402195E8);
}

TEST_CASE("JMH: a parameter that is called as the tool's own number of threads stands beside it") {
    const Reading read =
        read_with("jmh",
                  "x",
                  R"([{"jmhVersion":"1.36","benchmark":"a.B.c","mode":"avgt","threads":4,
            "params":{"threads":"9"},"primaryMetric":{"score":2,"scoreUnit":"ns/op"}}])");
    REQUIRE(read.broken == "");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].parameters.at("threads") == "9");
    CHECK(read.cases()[0].parameters.at("threads_2") == 4);
}

TEST_CASE("JMH: the unit decides the direction, whatever the mode says") {
    const auto latency = sample("bencher/java/jmh/latency.json");
    const auto throughput = sample("bencher/java/jmh/throughput.json");
    if (!latency || !throughput) {
        return;
    }
    const auto lower = read_with("jmh", "x", *latency).metric("wellHelloThere");
    CHECK(lower.direction == Direction::lower);
    CHECK(lower.unit == "s");
    CHECK(lower.median == 3.37651988895058E9);
    const auto higher = read_with("jmh", "x", *throughput).metric("wellHelloThere", "throughput");
    CHECK(higher.direction == Direction::higher);
}

TEST_CASE("JMH: forks are launches, units are rescaled, the profilers' dot goes") {
    const Reading read = read_with("jmh", "x", row(R"("primaryMetric":{"score":2,
        "scoreError":"NaN","scoreConfidence":["NaN","NaN"],"scorePercentiles":{"50.0":2},
        "scoreUnit":"us/op","rawData":[[1,2],[3]]},"secondaryMetrics":{
        "·gc.alloc.rate":{"score":5,"scoreUnit":"MB/sec","rawData":[[5]]},
        "·gc.alloc.rate.norm":{"score":24,"scoreUnit":"B/op","rawData":[[24]]}})"));
    const measure::ImportedMetric time = read.metric("c");
    CHECK(time.samples == std::vector<double>{1e-6, 2e-6, 3e-6});
    CHECK(time.launches == std::vector<std::uint64_t>{2, 1});
    CHECK_FALSE(time.lo);
    CHECK(read.cases()[0].parameters.at("mode") == "avgt");
    CHECK(read.metric("c", "gc.alloc.rate").samples == std::vector<double>{5e6});
    CHECK(read.metric("c", "gc.alloc.rate").direction == Direction::none);
    CHECK(read.metric("c", "gc.alloc.rate.norm").direction == Direction::lower);
}

TEST_CASE("JMH: a histogram gives percentiles and how many it counts") {
    const Reading read = read_with("jmh", "x", row(R"("primaryMetric":{"score":2,
        "scorePercentiles":{"0.0":1,"50.0":2,"99.0":9,"100.0":10},"scoreUnit":"ms/op",
        "rawDataHistogram":[[[[1,5],[2,6]]],[[[3,7]]]]})"));
    const measure::ImportedMetric time = read.metric("c");
    CHECK(time.samples.empty());
    CHECK(time.n == 18);
    CHECK(time.median == 0.002);
    CHECK(time.p99 == 0.009);
}

TEST_CASE("JMH: a score that is no number fails its case") {
    const Reading read =
        read_with("jmh", "x", row(R"("primaryMetric":{"score":"NaN","scoreUnit":"us/op"})"));
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].status == CaseStatus::failed);
    CHECK(read.cases()[0].reason == "non-finite");
}
