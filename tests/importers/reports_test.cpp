// Reports of tools that measure along the way: JUnit XML, and files for Skia's Perf.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("JUnit: durations, failures and skips with their reasons") {
    const std::string report = R"(<?xml version="1.0"?>
<testsuites><testsuite name="suite" tests="5" timestamp="2024-01-01T03:00:00" hostname="box">
  <properties><property name="os" value="linux"/></properties>
  <testcase classname="mod.Class" name="fast" time="0.25"/>
  <testcase name="slow" time="1,234.5"><system-out>words</system-out></testcase>
  <testcase name="bad" time="1"><failure message="1 &lt; 2">trace</failure></testcase>
  <testcase name="worse" time="1"><error>it crashed</error></testcase>
  <testcase name="later" status="notrun" time="0"><skipped message=""/></testcase>
</testsuite></testsuites>
)";
    CHECK(probe_with("junit", "x.xml", report) >= 60);
    CHECK(probe_with("catch2", "x.xml", report) == 0);
    const Reading read = read_with("junit", "x.xml", report);
    CHECK(read.partial() == "");
    const auto cases = read.cases();
    REQUIRE(cases.size() == 5);
    CHECK(read.runs().at(0).date == 1704078000LL * 1'000'000'000);
    CHECK(read.runs()[0].environment.at("os") == "linux");
    CHECK(cases[0].suite == "mod.Class");
    CHECK(cases[1].suite == "suite");
    CHECK(read.samples("fast") == std::vector<double>{0.25});
    CHECK(read.samples("slow") == std::vector<double>{1234.5});
    CHECK(cases[2].status == CaseStatus::failed);
    CHECK(cases[2].reason == "1 < 2");
    CHECK(cases[3].reason == "it crashed");
    CHECK(cases[4].status == CaseStatus::skipped);
    const Reading cut = read_with("junit", "x.xml", report.substr(0, 420));
    CHECK_FALSE(cut.cases().empty());
    CHECK(cut.cases().size() < 5);
    CHECK(cut.partial().find("line ") == 0);
}

TEST_CASE("Skia Perf: keys are the series, units and directions stand in them") {
    const std::string file = R"({"version":1,"git_hash":"abc","key":{"arch":"x86"},"results":[
        {"key":{"test":"draw","units":"ms","config":"gl"},"measurement":1.5},
        {"key":{"test":"fill","improvement_direction":"up"},
         "measurements":{"stat":[{"value":"min","measurement":2},
                                 {"value":"max","measurement":null}]}}]})";
    CHECK(probe_with("skia_perf", "x.json", file) >= 60);
    const Reading read = read_with("skia_perf", "x.json", file);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.runs().at(0).commit == "abc");
    CHECK(read.samples("draw") == std::vector<double>{1.5e-3});
    CHECK(read.cases()[0].parameters.at("arch") == "x86");
    CHECK(read.cases()[0].parameters.at("config") == "gl");
    CHECK(read.cases()[1].status == CaseStatus::failed);
    CHECK(read.cases()[1].reason == "non-finite");
    const Reading up = read_with("skia_perf", "x", R"({"git_hash":"a","results":[{"key":
        {"test":"t","improvement_direction":"up"},
        "measurements":{"a":[{"value":"min","measurement":2}],"b":[]}}]})");
    CHECK(up.metric("t", "a.min").direction == Direction::higher);
}
