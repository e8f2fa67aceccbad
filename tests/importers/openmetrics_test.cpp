// OpenMetrics and Prometheus: labels, units, distributions, dates.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("OpenMetrics: expositions of a benchmark tool, with byte order marks") {
    const std::string folder = "openmetrics/OpenMetricsExporterTests.";
    const auto escaped = sample(folder + "LabelsAreEscapedCorrectly.verified.txt");
    const auto memory =
        sample(folder + "MemoryDiagnoser_ExportsAllocatedBytesPerOperation.verified.txt");
    const auto labels = sample(folder + "ParametrizedBenchmarks_LabelExpansion.verified.txt");
    if (!escaped || !memory || !labels) {
        return;
    }
    CHECK(read_with("openmetrics", "x", *escaped).cases().size() == 11);
    const Reading bytes = read_with("openmetrics", "x", *memory);
    CHECK(bytes.cases().size() == 11);
    CHECK(bytes.metric("benchmark_allocated_bytes", "memory").samples ==
          std::vector<double>{16384});
    CHECK(bytes.metric("benchmark_execution_time_nanoseconds").samples ==
          std::vector<double>{10 / 1e9});
    const auto counter = bytes.metric("benchmark_gc_gen1_collections_total", "value");
    CHECK(counter.direction == Direction::none);
    CHECK(counter.samples == std::vector<double>{2});
    const Reading three = read_with("openmetrics", "x", *labels);
    CHECK(three.partial() == "");
    REQUIRE(three.cases().size() == 18);
    CHECK(three.cases()[1].parameters.at("param2") == "value2");
}

TEST_CASE("OpenMetrics: escapes in labels, timestamps in seconds, exemplars") {
    const Reading read = read_with("openmetrics",
                                   "x",
                                   "# TYPE t_seconds gauge\n# UNIT t_seconds seconds\n"
                                   "t_seconds{a=\"q\\\"uo\\\\te\\n\",} 1.5 1600000000 # {} 1\n"
                                   "t_seconds{a=\"z\"} NaN\n# EOF\n");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].parameters.at("a") == "q\"uo\\te\n");
    CHECK(read.runs().at(0).date == 1600000000LL * 1'000'000'000);
    CHECK(read.cases()[1].status == CaseStatus::failed);
    CHECK(read.cases()[1].reason == "non-finite");
}

TEST_CASE("Prometheus: histograms and summaries are percentiles, timestamps milliseconds") {
    const Reading read =
        read_with("openmetrics",
                  "x",
                  "# TYPE h_seconds histogram\nh_seconds_bucket{p=\"/\",le=\"1\"} 50\n"
                  "h_seconds_bucket{p=\"/\",le=\"2\"} 100\n"
                  "h_seconds_bucket{p=\"/\",le=\"+Inf\"} 100\nh_seconds_sum{p=\"/\"} 120\n"
                  "h_seconds_count{p=\"/\"} 100 1600000000000\n"
                  "# TYPE s summary\ns{quantile=\"0.5\"} 3\ns{quantile=\"0.99\"} 9\n"
                  "s_sum 30\ns_count 10\n");
    REQUIRE(read.cases().size() == 2);
    const measure::ImportedMetric time = read.metric("h_seconds");
    CHECK(time.median == 1.0);
    CHECK(time.p95 == doctest::Approx(1.9));
    CHECK(time.mean == 1.2);
    CHECK(time.n == 100);
    CHECK(read.cases()[0].parameters.at("p") == "/");
    CHECK(read.cases()[0].parameters.size() == 1);
    CHECK(read.metric("s", "value").median == 3);
    CHECK(read.runs().at(0).date == 1600000000LL * 1'000'000'000);
}

TEST_CASE("OpenMetrics: a number that may be cut off does not count") {
    const Reading read =
        read_with("openmetrics", "x", "# TYPE a gauge\na{x=\"1\"} 5\na{x=\"2\"} 12");
    CHECK(read.cases().size() == 1);
    CHECK(read.partial() == "line 3: the last line was cut off");
}

TEST_CASE("OpenMetrics: a label that stands twice is damage") {
    const Reading read = read_with("openmetrics",
                                   "x",
                                   "# TYPE a gauge\na{x=\"1\"} 5\n"
                                   "a{x=\"2\",x=\"3\"} 6\n# EOF\n");
    CHECK(read.cases().size() == 1);
    CHECK(read.partial().find("line 3") != std::string::npos);
}

TEST_CASE("Prometheus: a histogram that is not whole has failed") {
    const Reading read =
        read_with("openmetrics", "x", "# TYPE h histogram\nh_bucket{le=\"1\"} 5\nh_sum 4\n");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].status == CaseStatus::failed);
}
