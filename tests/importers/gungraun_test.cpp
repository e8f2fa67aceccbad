// iai, iai-callgrind and gungraun: counters as text, and summaries among anything.
#include "reading.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

const std::string kFolder = "bencher/rust/gungraun/";

} // namespace

TEST_CASE("iai: counters under a name, with and without changes") {
    const auto two = sample("bencher/rust/iai/two.txt");
    const auto change = sample("bencher/rust/iai/change.txt");
    if (!two || !change) {
        return;
    }
    const Reading read = read_with("gungraun", "two.txt", *two);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].metrics.size() == 5);
    const measure::ImportedMetric count = read.metric("bench_fibonacci_short", "instructions");
    CHECK(count.median == 1735);
    CHECK(count.exact);
    CHECK(count.direction == Direction::lower);
    CHECK(read.metric("bench_fibonacci_long", "estimated_cycles").median == 35638668);
    const Reading changed = read_with("gungraun", "change.txt", *change);
    REQUIRE(changed.cases().size() == 2);
    CHECK(changed.metric("iai_benchmark_short", "ram_accesses").median == 2);
}

TEST_CASE("gungraun: text has the new figure before the bar, and parameters behind the name") {
    for (const char* const file : {"delta.txt",
                                   "ansi-escapes.txt",
                                   "with-gungraun-summary.txt",
                                   "with-summary-and-regressions.txt"}) {
        const auto bytes = sample(kFolder + file);
        if (!bytes) {
            return;
        }
        CAPTURE(file);
        const Reading read = read_with("gungraun", file, *bytes);
        CHECK(read.partial() == "");
        REQUIRE(read.cases().size() == 2);
        CHECK(read.cases()[0].suite == "rust_iai_callgrind::bench_fibonacci_group");
        CHECK(read.cases()[0].name == "bench_fibonacci");
        CHECK(read.cases()[0].parameters.at("id") == "short");
        CHECK(read.cases()[0].parameters.at("arguments") == "10");
        CHECK(read.cases()[0].metrics.size() == 6);
        CHECK(read.metric("bench_fibonacci", "instructions").median == 1734);
        CHECK(read.cases()[1].metrics[0].median == 26214734);
    }
}

TEST_CASE("gungraun: deltas that are infinite are no figures") {
    const auto bytes = sample(kFolder + "delta_with_inf.txt");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("gungraun", "x", *bytes);
    CHECK(read.metric("bench_fibonacci", "total_read_write").median == 0);
    CHECK(read.metric("bench_fibonacci", "estimated_cycles").median == 2464);
}

TEST_CASE("gungraun: tools other than callgrind stand before their metrics") {
    const auto dhat = sample(kFolder + "dhat-then-callgrind.txt");
    const auto memcheck = sample(kFolder + "memcheck.txt");
    const auto cachegrind = sample(kFolder + "cachegrind.txt");
    if (!dhat || !memcheck || !cachegrind) {
        return;
    }
    const Reading read = read_with("gungraun", "x", *dhat);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.metric("bench_fibonacci", "dhat.total_bytes").median == 29499);
    CHECK(read.metric("bench_fibonacci", "dhat.total_bytes").unit == "By");
    CHECK(read.metric("bench_fibonacci", "instructions").median == 1734);
    const Reading errors = read_with("gungraun", "x", *memcheck);
    CHECK(errors.cases().size() == 3);
    CHECK(errors.metric("memcheck_format", "memcheck.errors").median == 1);
    const Reading all = read_with("gungraun", "x", *cachegrind);
    REQUIRE(all.cases().size() == 3);
    CHECK(all.cases()[2].metrics.size() == 22);
    CHECK(all.metric("cachegrind_format", "cachegrind.l1_hit_rate").direction == Direction::higher);
    CHECK(all.metric("cachegrind_format", "cachegrind.i1_miss_rate").unit == "%");
}

TEST_CASE("gungraun: a name may take several lines") {
    const auto bytes = sample(kFolder + "name_on_multiple_lines_mixed.txt");
    if (!bytes) {
        return;
    }
    const auto cases = read_with("gungraun", "x", *bytes).cases();
    REQUIRE(cases.size() == 3);
    CHECK(cases[0].parameters.at("arguments") == "first with one line");
    CHECK(cases[1].parameters.at("arguments") == "two lines");
    CHECK(cases[2].metrics.at(0).median == 13);
}

TEST_CASE("gungraun: summaries are found among the words and the JSON of a build") {
    struct Expected {
        const char* file;
        std::size_t cases;
        bool partial;
    };

    for (const Expected& expected :
         {Expected{"json_one_callgrind_diff.txt", 1, false},
          Expected{"json_not_v6.txt", 1, false},
          Expected{"json_no_id_no_details.txt", 1, false},
          Expected{"json_pretty_one_callgrind.txt", 1, false},
          Expected{"json_pretty_one_callgrind_indented.txt", 1, false},
          Expected{"json_pretty_two_callgrind.txt", 2, false},
          Expected{"json_multiple_benchmarks.txt", 2, false},
          Expected{"json_pretty_mixed_ndjson_two_callgrind.txt", 2, false},
          Expected{"json_pretty_mixed_foreign_ndjson.txt", 1, false},
          Expected{"json_pretty_mixed_foreign_pretty_and_ndjson.txt", 1, false},
          Expected{"json_truncated_pretty_then_ndjson.txt", 1, true}}) {
        const auto bytes = sample(kFolder + expected.file);
        if (!bytes) {
            return;
        }
        CAPTURE(expected.file);
        const Reading read = read_with("gungraun", expected.file, *bytes);
        CHECK(read.cases().size() == expected.cases);
        CHECK(read.partial().empty() != expected.partial);
        CHECK(read.metric("bench_play_game_100", "d1_miss_rate").median == 0.1);
        CHECK(read.metric("bench_play_game_100", "d1mr").median == 6);
    }
}

TEST_CASE("gungraun: a summary's counters have the names of the text") {
    const auto callgrind = sample(kFolder + "json_one_callgrind_all_metrics.txt");
    const auto tools = sample(kFolder + "json_multiple_tools.txt");
    if (!callgrind || !tools) {
        return;
    }
    const Reading read = read_with("gungraun", "x", *callgrind);
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].metrics.size() == 37);
    CHECK(read.cases()[0].suite == "play_game::bench_play_game_group");
    CHECK(read.cases()[0].parameters.at("id") == "some_id");
    CHECK(read.metric("bench_play_game_100", "instructions").median == 1900);
    CHECK(read.metric("bench_play_game_100", "l1_hits").direction == Direction::none);
    CHECK(read.metric("bench_play_game_100", "total_read_write").median == 2800);
    const Reading both = read_with("gungraun", "x", *tools);
    CHECK(both.metric("bench_play_game_100", "dhat.at_t_end_blocks").median == 1);
}

TEST_CASE("gungraun: an older run's figures, or none, are no figures of this run") {
    for (const char* const file :
         {"json_one_callgrind_no_diff_old.txt", "json_one_tool_without_metrics.txt"}) {
        const auto bytes = sample(kFolder + file);
        if (!bytes) {
            return;
        }
        CAPTURE(file);
        const auto cases = read_with("gungraun", file, *bytes).cases();
        REQUIRE(cases.size() == 1);
        CHECK(cases[0].status == CaseStatus::unavailable);
    }
    const Reading read = read_with("gungraun", "x", "a::b\n  Instructions:   N/A|12 (***)\n");
    CHECK(read.cases().at(0).status == CaseStatus::unavailable);
}

TEST_CASE("gungraun: a path that ends in its mark is a name, not a result without one") {
    const Reading read = read_with("gungraun",
                                   "x",
                                   "a::\n  Instructions:                1243 (No change)\n"
                                   "  L1 Accesses:                 1580 (No change)\n");
    CHECK(read.broken == "");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].name == "a::");
}
