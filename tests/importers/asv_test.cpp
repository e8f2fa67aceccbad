// airspeed velocity: a folder of results, both versions of its files, and its log.
#include "tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

const std::string kSecond = R"({"commit_hash":"abc","env_name":"py3","date":1600000000000,
  "params":{"machine":"m","cpu":"c"},"python":"3","requirements":{},"env_vars":{},
  "result_columns":["result","params","version","started_at","duration","stats_ci_99_a",
    "stats_ci_99_b","stats_q_25","stats_q_75","stats_number","stats_repeat","samples"],
  "results":{"mod.time_two":[[0.5,null,NaN,2.0],[["1","2"],["'a'","'b'"]],"7",1600000100000,9,
      [0.4,null,null,1.9],[0.6,null,null,2.1],[0.45],[0.55],[3],[2],[[0.5,0.5]]],
    "mod.track_all":[null,[],"1",1600000050000]},
  "durations":{},"version":2})";

} // namespace

TEST_CASE("asv: a folder of files is a history, each with its commit") {
    const auto image = sample_tree("asv");
    if (!image) {
        return;
    }
    CHECK(probe_with("asv", "asv/", *image) >= 60);
    CHECK(probe_with("criterion", "asv/", *image) < 60);
    const Reading read = read_with("asv", "asv/", *image);
    REQUIRE(read.status == ASSAY_OK);
    CHECK(read.partial() == "");
    REQUIRE(read.runs().size() == 8);
    CHECK(read.runs()[0].commit == "05d283b9694ed6db6e3f2df3f21d832e78bded7f");
    CHECK(read.runs()[0].commit_time == 1386688801LL * 1'000'000'000);
    CHECK_FALSE(read.runs()[0].date);
    CHECK(read.runs()[0].machine == "cheetah");
    CHECK(read.runs()[0].environment.at("numpy") == "1.8");
    CHECK(read.metric("time_latitude").median == 6.59472942352295e-05);
    CHECK(read.metric("mem_unit").median == 728); // benchmarks.json calls it seconds
    const auto alone = sample("asv/cheetah/05d283b9-py2.7-Cython-numpy1.8.json");
    const measure::ImportedMetric memory =
        read_with("asv", "x.json", *alone).metric("mem_unit", "memory");
    CHECK(memory.median == 728);
    CHECK(memory.unit == "By");
}

TEST_CASE("asv: what is none of its files is told, and its own are not") {
    const std::string results =
        R"({"commit_hash": "4f2c1d0", "date": 1, "params": {"machine": "m"}, "version": 1,
            "results": {"mod.time": 0.5}})";
    const Reading read = read_with("asv",
                                   "asv/",
                                   tar_of({{"benchmarks.json", "{}"},
                                           {"m/4f2c1d0-env.json", results},
                                           {"m/machine.json", R"({"machine": "m"})"},
                                           {"m/other.json", R"({"benchmarks": []})"},
                                           {"notes.txt", "x"}}));
    REQUIRE(read.status == ASSAY_OK);
    CHECK(read.cases().size() == 1);
    const auto end = std::get<measure::ImportedEnd>(read.events.back());
    CHECK(end.unread == std::vector<std::string>{"m/other.json", "notes.txt"});
    CHECK(end.unread_count == 2);
}

TEST_CASE("asv: nothing but null is a run of failures") {
    const auto bytes = sample("asv/cheetah/05d4f83d-py2.7-Cython-numpy1.8.json");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("asv", "x.json", *bytes);
    CHECK(read.cases().size() == 12);
    for (const measure::ImportedCase& row : read.cases()) {
        CHECK(row.status == CaseStatus::failed);
    }
}

TEST_CASE("asv: version 1 has results of parameters, statistics, failures and skips") {
    const auto image = sample_tree("asv");
    const auto bytes = sample("asv/cheetah/22b920c6-py2.7-Cython-numpy1.8.json");
    if (!image || !bytes) {
        return;
    }
    const Reading read = read_with("asv", "x.json", *bytes);
    CHECK(read.cases().size() == 23);
    CHECK(read.samples("time_parameterized").empty());
    const auto cases = read.cases();
    const auto found = [&cases](const std::string& name) {
        return *std::ranges::find(cases, name, &measure::ImportedCase::name);
    };
    CHECK(found("time_AAA_failure").status == CaseStatus::failed);
    CHECK(found("time_AAA_skip").status == CaseStatus::skipped);
    CHECK(found("time_parameterized").parameters.at("param1") == "1");
    CHECK(found("time_ci_small").metrics.at(0).lo == 0.9);
    CHECK(found("track_value").suite == "time_secondary");
    CHECK(found("track_value").metrics.at(0).direction == Direction::none);
    const Reading whole = read_with("asv", "asv/", *image);
    const auto outdated =
        std::ranges::count(whole.cases(), CaseStatus::unavailable, &measure::ImportedCase::status);
    CHECK(outdated == 1); // time_with_version_mismatch_bench
}

TEST_CASE("asv: memory in words and in bytes is that of one machine") {
    const auto machine_with = [](const std::string& ram) {
        const Reading read = read_with("asv",
                                       "x.json",
                                       R"({"results":{"a":1.0},"version":1,"commit_hash":"c",)"
                                       R"("date":1,"params":{"machine":"m","ram":)" +
                                           ram + "}}");
        REQUIRE(read.runs().size() == 1);
        return read.runs()[0].hardware.at("ram");
    };
    CHECK(machine_with("\"8.2G\"") == machine_with("8804682956.8"));
    CHECK(machine_with("\"16313832\"").is_string());
}

TEST_CASE("asv: version 2 has columns, of which the trailing ones may be missing") {
    const Reading read = read_with("asv", "x.json", kSecond);
    REQUIRE(read.cases().size() == 5);
    CHECK(read.runs().at(0).date == 1600000050LL * 1'000'000'000);
    const auto cases = read.cases();
    CHECK(cases[0].parameters.at("param1") == "1");
    CHECK(cases[0].parameters.at("param2") == "a");
    CHECK(cases[0].metrics.at(0).samples == std::vector<double>{0.5, 0.5});
    CHECK(cases[0].metrics[0].lo == 0.4);
    CHECK(cases[1].parameters.at("param2") == "b");
    CHECK(cases[1].status == CaseStatus::failed);
    CHECK(cases[2].parameters.at("param1") == "2");
    CHECK(cases[2].status == CaseStatus::skipped);
    CHECK(cases[3].metrics.at(0).median == 2.0);
    CHECK(cases[4].status == CaseStatus::failed);
}

TEST_CASE("asv: a log of two environments is two runs of a commit") {
    const auto bytes = sample("bencher/python/asv/six.txt");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("asv", "six.txt", *bytes);
    REQUIRE(read.runs().size() == 2);
    CHECK(read.runs()[1].commit == "4238c44d");
    CHECK(read.runs()[1].branch == "master");
    CHECK(read.runs()[1].environment.at("env_name") == "virtualenv-py3.6");
    REQUIRE(read.cases().size() == 10);
    CHECK(read.metric("mem_list", "memory").median == 2420);
    CHECK(read.metric("time_iterkeys").median == doctest::Approx(11.1e-6));
    CHECK(read.metric("time_iterkeys").stddev == doctest::Approx(0.01e-6));
    CHECK(read.cases()[6].name == "time_iterkeys3");
    CHECK(read.cases()[6].status == CaseStatus::failed);
}
