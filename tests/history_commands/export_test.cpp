// `assay export FORMAT`: the program on a history that the test has filled. What the formats hold
// is tested in tests/exports.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

namespace export_test {

using namespace assay;
using namespace assay::test;

namespace {

double latency_ns(const ToldProject& project, std::vector<std::string> more) {
    std::vector<std::string> words{"export", "bmf"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = project.assay(words);
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    const auto document = parse_json(ended.out);
    REQUIRE(document.ok());
    return document->at(kCase).at("latency").at("value").to_number<double>();
}

} // namespace

TEST_CASE("export writes the newest run unless another is named") {
    const ToldProject project;
    project.record_all({8.0, 8.5, 9.0});
    CHECK(latency_ns(project, {}) == 9.0e9);
    CHECK(latency_ns(project, {"--run", "newest"}) == 9.0e9);
    CHECK(latency_ns(project, {"--run", told_uuid(2)}) == 8.5e9);
    project.record(told_elsewhere(9, 4.0, "other"));
    CHECK(latency_ns(project, {}) == 4.0e9);
    CHECK(latency_ns(project, {"--platform", kLabel, "--branch", "main"}) == 9.0e9);
}

TEST_CASE("a run of a clock that is ahead is not the newest for an export") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    history::Run ahead = told_elsewhere(9, 4.0, kLabel);
    const auto then = std::chrono::system_clock::now() + std::chrono::years(5);
    ahead.started =
        std::chrono::duration_cast<std::chrono::nanoseconds>(then.time_since_epoch()).count();
    ahead.finished = ahead.started + 1;
    project.record(ahead);
    CHECK(latency_ns(project, {}) == 8.5e9);
    CHECK(latency_ns(project, {"--run", told_uuid(9)}) == 4.0e9);
}

TEST_CASE("export names on stderr what the format has no place for, and writes results alone") {
    const ToldProject project;
    project.record_all({8.0});
    const auto ended = project.assay({"export", "bmf", "--output", "run.json"});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.empty());
    CHECK(has(ended.err, "not in bmf: samples (2)"));
    CHECK(has(ended.err, "wrote run.json"));
    CHECK(has(project.box().read("run.json"), "\"value\": 8e+09"));
}

TEST_CASE("words that mean nothing to export are usage errors, and say the nearest") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    const auto unknown = project.assay({"export", "bnf"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "did you mean 'bmf'?"));
    CHECK(project.assay({"export"}).exit_code == 2);
    const auto lost = project.assay({"export", "csv", "--run", "01929999"});
    CHECK(lost.exit_code == 2);
    CHECK(has(lost.err, "01929999"));
    CHECK(project.assay({"export", "csv", "--platform", "nowhere"}).exit_code == 2);
    const auto several = project.assay({"export", "bmf", "--runs", "2"});
    CHECK(several.exit_code == 2);
    CHECK(has(several.err, "benchfmt"));
    CHECK(project.assay({"export", "bmf", "--direction", "lower"}).exit_code == 2);
    CHECK(project.assay({"export", "csv", "--run", told_uuid(1), "--runs", "2"}).exit_code == 2);
    CHECK(project.assay({"export", "csv", "tag:slow"}).exit_code == 2);
}

TEST_CASE("nothing to export is exit 4, and no file is left behind") {
    const ToldProject project;
    CHECK(project.assay({"export", "csv"}).exit_code == 4); // no history
    project.record_all({8.0});
    const auto nothing = project.assay({"export", "csv", "!sums/", "--output", "none.csv"});
    CHECK(nothing.exit_code == 4);
    CHECK(project.assay({"export", "csv", "summs/"}).exit_code == 2);
    CHECK(project.assay({"export", "csv", "--metric", "tyme"}).exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(project.file("none.csv")));
    CHECK(project.assay({"export", "csv", "--branch", "nobody"}).exit_code == 2);
    CHECK(project.assay({"export", "sarif"}).exit_code == 4); // nothing judged it
    CHECK(project.assay({"export", "csv", "--output", "no/such/folder.csv"}).exit_code == 3);
}

TEST_CASE("formats that hold several runs take them oldest first") {
    const ToldProject project;
    project.record_all({8.0, 8.5, 9.0});
    const std::string rows = project.assay({"export", "csv", "--runs", "2"}).out;
    CHECK(std::ranges::count(rows, '\n') == 3);
    CHECK(rows.find(",8.5,") < rows.find(",9,"));
    CHECK_FALSE(has(rows, ",8,"));
    const std::string go = project.assay({"export", "benchfmt", "--runs", "0"}).out;
    CHECK(has(go, "BenchmarkAdd/n=64\t1\t8 sec/op\n"));
    CHECK(has(go, "BenchmarkAdd/n=64\t1\t9 sec/op\n"));
}

TEST_CASE("a bundle that was exported is the run again in another history") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    CHECK(project.assay({"export", "ndjson", "--output", "run.ndjson"}).exit_code == 0);
    const auto pulled = project.assay({"history", "pull", "run.ndjson", "--history", "other.db"});
    CHECK_MESSAGE(pulled.exit_code == 0, pulled.err);
    CHECK(latency_ns(project, {"--history", "other.db"}) == 8.5e9);
    CHECK(project.assay({"export", "ndjson", "sums/add"}).exit_code == 2);
}

TEST_CASE("the document of an export is a results document, of one case where that is chosen") {
    const ToldProject project;
    history::Run run = told(1, 8.0);
    run.failures.push_back({"sums/broken", measure::CaseStatus::failed, "no"});
    project.record(run);
    const auto all = document_of(project.assay({"export", "json"}).out, "results.json");
    CHECK(all.at("cases").get_array().size() == 2);
    const auto one = document_of(project.assay({"export", "json", "sums/add"}).out, "results.json");
    REQUIRE(one.at("cases").get_array().size() == 1);
    CHECK(one.at("cases").at(0).at("id") == kCase);
}

TEST_CASE("what a gate said of a run is in its junit and sarif export") {
    const ToldProject project;
    project.record_all({8.0});
    project.box().write(".assay/gates.json", "{}");
    const auto store = project.store();
    const auto series = store->series({});
    REQUIRE(series.ok());
    REQUIRE(store
                ->add_gate_results({{.run_uuid = told_uuid(1),
                                     .rule_id = "time-limit",
                                     .series_id = series->front().id,
                                     .verdict = "FAIL",
                                     .op = "< 1 s",
                                     .source = "today",
                                     .figure = 8.0}})
                .ok());
    const auto junit = project.assay({"export", "junit"});
    CHECK(junit.exit_code == 0);
    CHECK(has(junit.out, "<failure message=\"rule 'time-limit': FAIL, 8 s (limit: &lt; 1 s)\""));
    const auto sarif = project.assay({"export", "sarif"});
    CHECK(sarif.exit_code == 0);
    CHECK(has(sarif.out, "\"gate/time-limit\""));
    CHECK(has(sarif.out, "\".assay/gates.json\""));
}

} // namespace export_test
