// Catch2: tables of the console, reports in XML.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("Catch2: tables of the console, names of several lines, sections") {
    const auto four = sample("bencher/cpp/catch2/four.txt");
    const auto issue = sample("bencher/cpp/catch2/issue_351.txt");
    const auto two = sample("bencher/cpp/catch2/two.txt");
    if (!four || !issue || !two) {
        return;
    }
    const Reading read = read_with("catch2", "four.txt", *four);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 4);
    CHECK(read.cases()[0].suite == "Fibonacci");
    CHECK(read.cases()[3].suite == "More Fibonacci");
    const measure::ImportedMetric time = read.metric("Fibonacci 20");
    CHECK(time.mean == doctest::Approx(41.731e-6));
    CHECK(time.lo == doctest::Approx(41.25e-6));
    CHECK(time.hi == doctest::Approx(42.622e-6));
    CHECK(time.stddev == doctest::Approx(3.256e-6));
    CHECK(time.n == 100);
    CHECK(time.direction == Direction::lower);
    CHECK(read.metric("Fibonacci~ 5!").mean == doctest::Approx(36e-9));
    const Reading six = read_with("catch2", "x", *issue);
    REQUIRE(six.cases().size() == 6);
    CHECK(six.cases()[0].suite == "Unit_assignment / Construction");
    CHECK(six.metric("Fibonacci 10 with a long name").mean == doctest::Approx(344e-9));
    CHECK(read_with("catch2", "x", *two).metric("Fibonacci 20").mean == 1e-9);
}

TEST_CASE("Catch2: the XML report has exact figures, and failures") {
    const std::string report = R"(<?xml version="1.0" encoding="UTF-8"?>
<Catch2TestRun name="bench" rng-seed="1" catch2-version="3.4.0">
  <TestCase name="Fibonacci" filename="a.cpp" line="5"><Section name="small &amp; fast">
    <BenchmarkResults name="10" samples="100" resamples="100000" iterations="208"
        clockResolution="20" estimatedDuration="7196800">
      <!-- All values in nano seconds -->
      <mean value="344.5" lowerBound="341" upperBound="349" ci="0.95"/>
      <standardDeviation value="19" lowerBound="11" upperBound="29" ci="0.95"/>
      <outliers variance="0.1" lowMild="0" lowSevere="0" highMild="1" highSevere="0"/>
    </BenchmarkResults>
    <BenchmarkResults name="20"><failed message="it threw"/></BenchmarkResults>
  </Section><OverallResult success="true"/></TestCase>
</Catch2TestRun>
)";
    CHECK(probe_with("catch2", "x.xml", report) >= 60);
    const Reading read = read_with("catch2", "x.xml", report);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].suite == "Fibonacci / small & fast");
    CHECK(read.metric("10").mean == 344.5 / 1e9);
    CHECK(read.metric("10").stddev == 19 / 1e9);
    CHECK(read.cases()[1].status == CaseStatus::failed);
    CHECK(read.cases()[1].reason == "it threw");
    const Reading cut = read_with("catch2", "x.xml", report.substr(0, report.find("name=\"20\"")));
    CHECK(cut.cases().size() == 1);
    CHECK(cut.partial().find("line ") == 0);
}
