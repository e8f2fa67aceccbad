// `assay gate --results FILE [--against FILE]`: files of other tools by the rules of a gate.
#include "told_files.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <tuple>

using namespace assay;
using namespace assay::test;

namespace {

void rules(const ToldProject& project, const std::string& text) {
    project.box().write(".assay/gates.json",
                        R"({"schema": "assay.gates/1", "rules": [)" + text + "]}");
}

const std::string kBytes =
    R"({"id": "size", "kind": "regression", "metric": "text_bytes", "fail": "5%", "warn": "1%"})";

json::object gated(const ToldProject& project, std::vector<std::string> words, int code) {
    words.insert(words.begin(), {"gate", "--format", "json"});
    const auto ended = project.assay(words);
    INFO(ended.err, ended.out);
    CHECK(ended.exit_code == code);
    return document_of(ended.out, "gate.json");
}

// What `assay run --reporter json=F` writes, of one case; run 1, 2, ...
std::string results_file(int run, double seconds, const std::string& mode = "quick") {
    return fmt::format(
        R"({{"schema": "assay.results/1", "run": {{"id": "0192f3a1-0000-7000-8000-{:012}",
            "started": "2026-11-22T10:0{}:00.000Z", "finished": "2026-11-22T10:0{}:30.000Z",
            "mode": "{}", "seed": 1, "argv": ["run"],
            "platform": {{"id": "{:0>64}", "label": "lab"}}, "git": null,
            "host": {{"version": "0.1.0"}}, "resolution": null}},
            "cases": [{{"id": "sums/add", "suite": "sums", "family": "add", "params": {{}},
              "shape": "single", "status": "passed", "reason": "", "verified": true,
              "metrics": [{{"key": "time", "unit": "s", "direction": "lower",
                "aggregate": "median", "provenance": "measured", "n": 2, "median": {},
                "launches": [{{"median": {}, "samples": [{}, {}]}}]}}]}}],
            "summary": {{"cases": 1, "passed": 1}}}})",
        run,
        run,
        run,
        mode,
        "a",
        seconds,
        seconds,
        seconds,
        seconds);
}

} // namespace

TEST_CASE("the results of a run of ours are judged like any file") {
    const ToldProject project;
    rules(project, R"({"id": "t", "kind": "limit", "metric": "time", "op": "<", "value": "2 s"})");
    project.box().write("results.json", results_file(1, 1));
    project.box().write("slow.json", results_file(2, 3));
    const json::object passed = gated(project, {"--results", "results.json"}, 0);
    CHECK(passed.at("advisory") == true);
    CHECK(passed.at("lines").at(0).at("outcome") == "PASS");
    CHECK(gated(project, {"--results", "slow.json"}, 1).at("lines").at(0).at("figure") == 3);
    const auto text = project.assay({"gate", "--results", "results.json"});
    CHECK(has(text.out, "figures of a run that is over"));
    CHECK(has(text.out, "(1 judged of 1 case)"));
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
}

TEST_CASE("the results of two runs of ours are held against each other") {
    const ToldProject project;
    rules(project, R"({"id": "time", "kind": "regression", "metric": "time"})");
    project.box().write("old.json", results_file(1, 1));
    project.box().write("new.json", results_file(2, 1.5));
    const json::object document =
        gated(project, {"--results", "new.json", "--against", "old.json"}, 5);
    CHECK(document.at("lines").at(0).at("figure").to_number<double>() == doctest::Approx(50));
    CHECK(document.at("lines").at(0).at("evidence").at("baseline") == "old.json");
    project.box().write("standard.json", results_file(3, 1.5, "standard"));
    const json::object apart =
        gated(project, {"--results", "standard.json", "--against", "old.json"}, 4);
    CHECK(has(apart.at("lines").at(0).at("reason").as_string(), "mode quick and standard"));
}

TEST_CASE("results of ours and files of other tools are not mixed, nor read as each other") {
    const ToldProject project;
    project.box().write("ours.json", results_file(1, 1));
    project.box().write("theirs.json", google_file(100));
    const auto refused = [&](std::vector<std::string> words, const std::string& says) {
        words.insert(words.begin(), "gate");
        const auto ended = project.assay(words);
        INFO(ended.err);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, says));
    };
    refused({"--results", "ours.json", "--against", "theirs.json"}, "name two files of one kind");
    refused({"--results", "theirs.json", "--against", "ours.json"}, "name two files of one kind");
    refused({"--results", "ours.json", "--against", "none.json"}, "there is no file 'none.json'");
    refused({"--results", "ours.json", "--against", "ours.json"}, "held against itself");
    refused({"--results", "ours.json", "--importer", "jmh"}, "is a document of Assay");
}

TEST_CASE("the built-in rules judge a throughput where a file has no time") {
    const ToldProject project;
    const auto jmh = [](double score) {
        return fmt::format(
            R"([{{"jmhVersion": "1.36", "benchmark": "a.b.C.fast", "mode": "thrpt", "threads": 1,
                "forks": 1, "primaryMetric": {{"score": {0}, "scoreUnit": "ops/s",
                "scoreError": "NaN", "scoreConfidence": ["NaN", "NaN"],
                "scorePercentiles": {{}}, "rawData": [[{0}, {0}]]}}, "secondaryMetrics": {{}}}}])",
            score);
    };
    project.box().write("before.json", jmh(100));
    project.box().write("after.json", jmh(50));
    const json::object document =
        gated(project, {"--results", "after.json", "--against", "before.json"}, 5);
    REQUIRE(document.at("lines").as_array().size() == 1);
    CHECK(document.at("lines").at(0).at("metric") == "throughput");
    CHECK(document.at("lines").at(0).at("figure").to_number<double>() == doctest::Approx(50));
    CHECK(document.at("unmatched").as_array().empty());
}

TEST_CASE("limits judge a file by itself") {
    const ToldProject project;
    project.box().write("after.json", google_file(120));
    const auto limit = [](const std::string& value) {
        return R"({"id": "fast", "kind": "limit", "metric": "time", "statistic": "median",
                   "op": "<", "value": ")" +
               value + R"("})";
    };
    rules(project, limit("200 ns"));
    const json::object passed = gated(project, {"--results", "after.json"}, 0);
    CHECK(passed.at("advisory") == true);
    CHECK(passed.at("results") == "after.json");
    CHECK(passed.at("lines").at(0).at("outcome") == "PASS");
    rules(project, limit("100 ns"));
    CHECK(gated(project, {"--results", "after.json"}, 1).at("lines").at(0).at("outcome") == "FAIL");
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
}

TEST_CASE("exact figures of two files pass, warn and fail as the rules say") {
    const ToldProject project;
    rules(project, kBytes);
    project.box().write("before.txt", sized_file(1000));
    for (const auto& [bytes, code, outcome] :
         {std::tuple{1000, 0, "PASS"}, std::tuple{1020, 0, "WARN"}, std::tuple{1100, 1, "FAIL"}}) {
        CAPTURE(bytes);
        project.box().write("after.txt", sized_file(bytes));
        const json::object document =
            gated(project, {"--results", "after.txt", "--against", "before.txt"}, code);
        CHECK(document.at("lines").at(0).at("outcome") == outcome);
    }
    const auto text = project.assay({"gate", "--results", "after.txt", "--against", "before.txt"});
    CHECK(has(text.out, "advisory: two files measured at different times"));
    CHECK(has(text.out, "gate not passed"));
}

TEST_CASE("a time of one run each is left undecided, and decided where a file is a history") {
    const ToldProject project;
    rules(project,
          R"({"id": "time", "kind": "regression", "metric": "time", "evidence": "history"})");
    project.box().write("before.json", google_file(100));
    project.box().write("after.json", google_file(150));
    gated(project, {"--results", "after.json", "--against", "before.json"}, 5);
    std::vector<double> values;
    for (int i = 0; i < 15; ++i) {
        values.push_back(100 + (i * 7) % 5 * 0.4);
    }
    project.box().write("old.js", branch_store(values));
    values.push_back(150);
    project.box().write("new.js", branch_store(values));
    const json::object document = gated(project,
                                        {"--results",
                                         "new.js",
                                         "--run",
                                         "newest",
                                         "--against",
                                         "old.js",
                                         "--against-run",
                                         "newest"},
                                        1);
    CHECK(document.at("lines").at(0).at("outcome") == "FAIL");
}

TEST_CASE("a regression rule without a file to hold against compares nothing") {
    const ToldProject project;
    rules(project, kBytes);
    project.box().write("after.txt", sized_file(1000));
    const json::object document = gated(project, {"--results", "after.txt"}, 4);
    CHECK(has(document.at("lines").at(0).at("reason").as_string(), "--against FILE"));
}

TEST_CASE("what only the old file has is lost, and files without a common series are nothing") {
    const ToldProject project;
    rules(project, R"({"id": "time", "kind": "regression", "metric": "time"})");
    const std::string head = "pkg: p\nBenchmarkA 10 5 ns/op\n";
    project.box().write("before.txt", head + "BenchmarkB 10 5 ns/op\n");
    project.box().write("after.txt", head);
    project.box().write("other.txt", "pkg: q\nBenchmarkC 10 5 ns/op\n");
    const json::object lost =
        gated(project, {"--results", "after.txt", "--against", "before.txt"}, 3);
    CHECK(lost.at("lines").at(1).at("outcome") == "BROKEN");
    const auto none = project.assay({"gate", "--results", "other.txt", "--against", "before.txt"});
    CHECK(none.exit_code == 4);
    CHECK(has(none.err, "no series in common"));
}

TEST_CASE("filter words narrow the cases of a file") {
    const ToldProject project;
    rules(project, R"({"id": "t", "kind": "limit", "metric": "time", "op": "<", "value": "1 s"})");
    project.box().write("a.txt", "pkg: p\nBenchmarkA 10 5 ns/op\nBenchmarkB 10 5 ns/op\n");
    CHECK(
        gated(project, {"--results", "a.txt", "p/BenchmarkA"}, 0).at("lines").get_array().size() ==
        1);
    CHECK(project.assay({"gate", "--results", "a.txt", "p/BenchmarkC"}).exit_code == 2);
}

TEST_CASE("exact counts are printed to the last one") {
    const ToldProject project;
    rules(project,
          R"({"id": "size", "kind": "limit", "metric": "text_bytes", "op": "<", "value": 100200})");
    project.box().write("a.txt", sized_file(100'201));
    const auto ended = project.assay({"gate", "--results", "a.txt"});
    INFO(ended.err);
    CHECK(ended.exit_code == 1);
    CHECK(has(ended.out, "100201 text-bytes"));
    CHECK(has(ended.out, "< 100200 text-bytes"));
}

TEST_CASE("ways to gate are not mixed") {
    const ToldProject project;
    project.box().write("a.txt", sized_file(1));
    const auto refused = [&](std::vector<std::string> words, const std::string& says) {
        words.insert(words.begin(), "gate");
        const auto ended = project.assay(words);
        INFO(ended.err);
        CHECK(ended.exit_code == 2);
        CHECK(has(ended.err, says));
    };
    refused({"--results", "a.txt", "--skip-run"}, "leave one of them out");
    refused({"--results", "a.txt", "--budget", "9s"}, "--results measures nothing");
    refused({"--results", "a.txt", "--branch", "main"}, "--results measures nothing");
    refused({"--against", "a.txt"}, "--results FILE judges a file");
    refused({"--skip-run", "--importer", "jmh"}, "--results FILE judges a file");
    refused({"--run", "latest"}, "--skip-run judges the newest recorded run");
    refused({"--results", "a.txt", "--against-run", "c1"}, "that --against names");
    refused({"--results", "none.txt"}, "there is no file 'none.txt'");
}
