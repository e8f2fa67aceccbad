// Bencher Metric Format: units by measure, bounds that lie.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::Direction;

TEST_CASE("BMF: latency is nanoseconds, and bounds without the value are told") {
    for (const char* const name :
         {"bencher/json/report_latency.json", "bencher/json/report_bmf_mixed.json"}) {
        const auto bytes = sample(name);
        if (!bytes) {
            return;
        }
        CAPTURE(name);
        const Reading read = read_with("bencher_bmf", "x.json", *bytes);
        REQUIRE(read.cases().size() == 3);
        const measure::ImportedCase first = read.cases()[0];
        CHECK(first.metrics.at(0).key == "time");
        CHECK(first.metrics[0].median == 3247 / 1e9);
        CHECK(first.metrics[0].direction == Direction::lower);
        CHECK_FALSE(first.metrics[0].lo);
        CHECK(first.note == "the bounds of latency do not hold its value");
    }
}

TEST_CASE("BMF: display names are measures too") {
    const auto bytes = sample("bencher/json/report_dhat.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("bencher_bmf", "x.json", *bytes);
    REQUIRE(read.cases().size() == 1);
    REQUIRE(read.cases()[0].metrics.size() == 6);
    CHECK(read.metric("bench_play_game", "total_bytes").median == 662);
    CHECK(read.metric("bench_play_game", "total_bytes").unit == "By");
    CHECK(read.metric("bench_play_game", "max_blocks").unit == "1");
}

TEST_CASE("BMF: throughput is better when higher, of other measures nobody knows") {
    const Reading read = read_with("bencher_bmf", "x", R"({"a": {"throughput": {"value": 5,
        "lower_value": 4, "upper_value": 6}, "Build Time": {"value": 2}, "karma": {"value": 1}}})");
    CHECK(read.metric("a", "throughput").direction == Direction::higher);
    CHECK(read.metric("a", "throughput").lo == 4);
    CHECK(read.metric("a", "build_time").unit == "s");
    CHECK(read.metric("a", "karma").direction == Direction::none);
}

TEST_CASE("BMF: what has no value is not of this format") {
    for (const char* const bytes : {R"({})",
                                    R"({"a": {}})",
                                    R"({"a": {"b": {"value": "x"}}})",
                                    R"({"a": {"b": 1}})",
                                    R"({"a": {"b": {"value": 1, "unit": "s"}}})"}) {
        CAPTURE(bytes);
        CHECK(probe_with("bencher_bmf", "x.json", bytes) == 0);
    }
}

TEST_CASE(
    "BMF: a document without a single measure is refused, not read as cases without figures") {
    const Reading read =
        read_with("bencher_bmf", "x.json", R"({"context": {"date": "x"}, "benchmarks": []})");
    CHECK(read.status != ASSAY_OK);
    CHECK(read.text.find("measure") != std::string::npos);
    CHECK(read.cases().empty());
}
