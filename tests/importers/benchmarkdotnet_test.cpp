// BenchmarkDotNet: brief and full reports of several versions.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("BenchmarkDotNet: measurements of results by operation, and what was allocated") {
    const auto bytes = sample("bencher/c_sharp/dot_net/memory.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("benchmarkdotnet", "memory.json", *bytes);
    REQUIRE(read.status == ASSAY_OK);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.runs().at(0).tool == "BenchmarkDotNet 0.15.8");
    CHECK(read.runs()[0].machine == "AMD Ryzen 7 5800X");
    CHECK(read.runs()[0].hardware.at("LogicalCoreCount") == 16);
    CHECK(read.cases()[0].suite == "BenchmarkDotNet.Samples.Memory");
    const measure::ImportedMetric time = read.metric("AllocEmptyList");
    REQUIRE(time.samples.size() == 3);
    CHECK(time.samples[0] == doctest::Approx(76.35858058929443e-9));
    CHECK(time.launches == std::vector<std::uint64_t>{3});
    CHECK(time.median == doctest::Approx(77.41812467575073e-9));
    CHECK(read.metric("AllocEmptyList", "allocated").median == 368);
    CHECK(read.metric("AllocEmptyList", "allocated").unit == "By");
    CHECK(read.metric("AllocExactList", "allocated").direction == Direction::lower);
}

TEST_CASE("BenchmarkDotNet: old and brief reports, a namespace of null") {
    const auto two = sample("bencher/c_sharp/dot_net/two.json");
    const auto more = sample("bencher/c_sharp/dot_net/two_more.json");
    const auto null = sample("bencher/c_sharp/dot_net/null_namespace.json");
    if (!two || !more || !null) {
        return;
    }
    const Reading old = read_with("benchmarkdotnet", "x", *two);
    REQUIRE(old.cases().size() == 2);
    CHECK(old.metric("Sleep10").median == doctest::Approx(10360382.6953125e-9));
    CHECK(old.metric("Sleep10").samples.empty());
    CHECK(old.runs().at(0).machine == "Intel(R) Core(TM) i7-4702MQ CPU 2.20GHz");
    const Reading brief = read_with("benchmarkdotnet", "x", *more);
    REQUIRE(brief.cases().size() == 2);
    CHECK(brief.metric("Fib10").median == doctest::Approx(24.419498533010483e-9));
    CHECK(brief.metric("Fib10").samples.size() >= 14);
    const Reading without = read_with("benchmarkdotnet", "x", *null);
    REQUIRE(without.cases().size() == 1);
    CHECK(without.cases()[0].suite == "");
    CHECK(without.metric("NullNamespaceMethod").median == 0);
}

TEST_CASE("BenchmarkDotNet: of all exporters' outputs behind each other only the JSON is known") {
    const auto all = sample("benchmarkdotnet/CommonExporterVerifyTests.Exporters_Invariant."
                            "verified.txt");
    if (!all) {
        return;
    }
    CHECK(probe_with("benchmarkdotnet", "x.txt", *all) < 60);
    const std::size_t heading = all->find("JsonExporter-full\n");
    const std::size_t begin = all->find('{', heading);
    const std::string full = all->substr(begin, all->find("\n####", begin) - begin);
    CHECK(probe_with("benchmarkdotnet", "x.json", full) >= 60);
    const Reading read = read_with("benchmarkdotnet", "x.json", full);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.metric("Foo").samples == std::vector<double>(6, 1e-9));
    CHECK(read.metric("Foo", "cachemisses").median == 7);
    const std::size_t metrics = all->find("OpenMetricsExporter\n");
    const std::size_t text = all->find("# HELP", metrics);
    const std::string exposition = all->substr(text, all->find("####", text) - text);
    CHECK(probe_with("openmetrics", "x.txt", exposition) >= 60);
}

TEST_CASE("BenchmarkDotNet: no statistics are a failure, two jobs are two cases") {
    const Reading read = read_with("benchmarkdotnet", "x", R"({"HostEnvironmentInfo":{},
        "Benchmarks":[
        {"DisplayInfo":"T.M: Net8 [N=1]","Type":"T","Method":"M","Parameters":"N=1&Mode=Fast",
         "Statistics":{"Median":5,"Mean":5,"Skewness":""}},
        {"DisplayInfo":"T.M: Net9 [N=1]","Type":"T","Method":"M","Parameters":"N=1&Mode=Fast",
         "Statistics":null}]})");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].parameters.at("N") == "1");
    CHECK(read.cases()[0].parameters.at("Mode") == "Fast");
    CHECK(read.cases()[0].parameters.at("job") == "Net8");
    CHECK(read.cases()[1].parameters.at("job") == "Net9");
    CHECK(read.cases()[1].status == CaseStatus::failed);
}
