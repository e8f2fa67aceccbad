// Tables with a row for every run, and interval logs of HdrHistogram.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

std::optional<std::string> otava(const std::string& name) {
    return sample("../series/otava/" + name);
}

} // namespace

TEST_CASE("CSV: each row is a run, separators and dates as they come") {
    struct Expected {
        const char* file;
        std::size_t runs;
        std::int64_t first; // Unix seconds
    };

    constexpr std::int64_t kEarly = 1609466400, kLate = 1704074400;
    for (const Expected& expected : {Expected{"sample.csv", 10, kLate},
                                     Expected{"sample-semicolons.csv", 10, kEarly},
                                     Expected{"sample-unix-time.csv", 10, kEarly},
                                     Expected{"sample_multi_branch.csv", 8, kLate},
                                     Expected{"sample_single_branch.csv", 5, kLate}}) {
        const auto bytes = otava(expected.file);
        if (!bytes) {
            return;
        }
        CAPTURE(expected.file);
        CHECK(probe_with("csv_series", expected.file, *bytes) >= 60);
        const Reading read = read_with("csv_series", expected.file, *bytes);
        CHECK(read.partial() == "");
        REQUIRE(read.runs().size() == expected.runs);
        REQUIRE(read.cases().size() == expected.runs);
        CHECK(read.runs()[0].date == expected.first * 1'000'000'000);
        CHECK(read.cases()[0].metrics.size() == 2);
        CHECK(read.cases()[0].metrics[0].samples == std::vector<double>{154023});
        CHECK(read.cases()[1].metrics[1].samples == std::vector<double>{10.23});
        CHECK(read.cases()[0].metrics[0].direction == Direction::none);
    }
}

TEST_CASE("CSV: commits and branches are the runs'") {
    const auto bytes = otava("sample_multi_branch.csv");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("csv_series", "a/sample_multi_branch.csv", *bytes);
    CHECK(read.runs().at(2).branch == "feature-x");
    CHECK(read.runs().at(2).commit == "aaa2");
    CHECK(read.cases().at(2).name == "sample_multi_branch");
    CHECK(read.cases().at(2).metrics.at(0).key == "metric1");
}

TEST_CASE("CSV: cells that are missing are missing, texts are facts, quotes are read") {
    const Reading read = read_with("csv_series",
                                   "x.csv",
                                   "time,a,\"b, c\",note\r\n1609466400,,2,\"so \"\"it\"\" is\"\r\n"
                                   "1609466401,NaN,-,\r\n1609466402,0,1,\r\n");
    REQUIRE(read.runs().size() == 3);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].metrics.size() == 1);
    CHECK(read.cases()[0].metrics[0].key == "b_c");
    CHECK(read.runs()[0].environment.at("note") == "so \"it\" is");
    CHECK(read.cases()[1].metrics.at(0).samples == std::vector<double>{0});
}

TEST_CASE("CSV: a row that is none ends the import, with its line") {
    const std::string good = "time,a\n1609466400,1\n";
    CHECK(read_with("csv_series", "x", good + "yesterday,2\n").partial() ==
          "line 3: 'yesterday' is no time");
    CHECK(read_with("csv_series", "x", good + "1,2,3\n").partial() ==
          "line 3: expected 2 cells, found 3");
    CHECK(read_with("csv_series", "x", good + "1609466401,25").cases().size() == 1);
    CHECK(read_with("csv_series", "x", "a,b\n1,2\n").status < 0);
}

TEST_CASE("HdrHistogram: intervals of a tag are samples, empty ones are nothing") {
    const auto bytes = otava("histostat.csv");
    if (!bytes) {
        return;
    }
    CHECK(probe_with("csv_series", "histostat.csv", *bytes) >= 60);
    const Reading read = read_with("csv_series", "histostat.csv", *bytes);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 14);
    CHECK(read.runs().at(0).date == 1649352325178LL * 1'000'000);
    const measure::ImportedMetric bind = read.metric("initialize.bind");
    REQUIRE(bind.samples.size() == 3);
    CHECK(bind.samples[0] == 74303 / 1e9);
    CHECK(bind.unit == "s");
    CHECK(read.metric("initialize.bind", "max").samples[0] == 12255231 / 1e9);
    CHECK(read.metric("initialize.tries", "value").unit == "1");
    CHECK(read.metric("initialize.tries", "value").samples[0] == 1);
    CHECK(read.cases()[1].name == "initialize.retry-delay");
    CHECK(read.cases()[1].status == CaseStatus::skipped);
}
