// `assay gate` in a project: what it measured of today's build is a run of the history.
#include "history/store.hpp"
#include "results.hpp"

#include <algorithm>
#include <filesystem>

namespace gate_recording_test {

using namespace integration;
namespace fs = std::filesystem;
namespace history = assay::history;

namespace {

std::string slower_build() {
    return build_folder() / "tests" / "fixtures" / "sample_slower.assay.so";
}

// A project with @main = the sample plugin, whose present build lies in today.assay.so.
struct GatedProject {
    Sandbox box;

    explicit GatedProject(const std::string& today) {
        box.write(".assay/assay.json", "{}");
        const Ended saved = box.assay({"baseline", "save", "main", "--plugin", sample_plugin()});
        INFO(saved.err);
        REQUIRE(saved.exit_code == 0);
        fs::copy(today, box.folder() / "today.assay.so");
    }

    [[nodiscard]] Ended gate(std::vector<std::string> more, Surroundings around = {}) const {
        std::vector<std::string> words{"gate",
                                       "--plugin",
                                       "today.assay.so",
                                       "--format",
                                       "json",
                                       "--budget", // seconds are enough where nobody else computes
                                       "180s",
                                       "--no-controls"};
        words.insert(words.end(), more.begin(), more.end());
        return box.assay(words, around);
    }

    [[nodiscard]] bool has(const std::string& relative) const {
        return fs::exists(box.folder() / relative);
    }

    [[nodiscard]] std::unique_ptr<history::Store> store() const {
        auto opened = history::open_store((box.folder() / ".assay/history.db").string(), {});
        REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? std::string() : opened.error().message));
        return std::move(*opened);
    }
};

history::Run newest_run(history::Store& store) {
    auto run = store.run("latest");
    REQUIRE_MESSAGE(run.ok(), (run.ok() ? std::string() : run.error().message));
    return std::move(*run);
}

std::vector<std::string> cases_of(const history::Run& run) {
    std::vector<std::string> cases;
    for (const history::Point& point : run.points) {
        if (std::ranges::find(cases, point.series.case_id) == cases.end()) {
            cases.push_back(point.series.case_id);
        }
    }
    return cases;
}

} // namespace

TEST_CASE("a gate in a project records today's build, with its lines and verdicts") {
    const GatedProject project(slower_build());
    const Ended ended = project.gate({"sample/single", "--mode", "quick"});
    INFO(ended.err);
    REQUIRE(ended.exit_code == 1);
    const auto document = parsed(ended.out);
    check_schema(document, "gate.json");
    const auto store = project.store();
    const history::Run run = newest_run(*store);
    CHECK(document.at("run").as_string() == run.uuid);
    CHECK(ended.err.find("recorded run " + run.uuid) != std::string::npos);
    CHECK(project.has(".assay/runs/" + run.uuid + ".ndjson"));
    CHECK(run.status == "passed");
    CHECK(run.isolation == "launch");
    CHECK(cases_of(run) == std::vector<std::string>{"sample/single"});
    REQUIRE(run.builds.size() == 1);
    const auto lines = store->gate_results(run.uuid);
    REQUIRE(lines.ok());
    REQUIRE(lines->size() == 1);
    CHECK(lines->front().rule_id == "time");
    CHECK(lines->front().verdict == "FAIL");
    CHECK(lines->front().source == "compare");
    const auto verdicts = store->verdicts(run.uuid);
    REQUIRE(verdicts.ok());
    REQUIRE(verdicts->size() == 1);
    CHECK(verdicts->front().verdict.starts_with("regressed("));
    CHECK(verdicts->front().source == "gate");
    CHECK(verdicts->front().change.value_or(0) > 0.2);
}

TEST_CASE("the run of a gate continues the series of `assay run`") {
    const GatedProject project(slower_build());
    const Ended first = project.box.assay(
        {"run", "--mode", "quick", "--plugin", "today.assay.so", "sample/single"});
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    const Ended ended = project.gate({"sample/single", "--mode", "quick"});
    INFO(ended.err);
    REQUIRE(ended.exit_code == 1);
    const auto store = project.store();
    const auto series = store->series({.case_id = "sample/single", .metric = "time"});
    REQUIRE(series.ok());
    REQUIRE(series->size() == 1);
    const auto points = store->points(series->front().id, {});
    REQUIRE(points.ok());
    CHECK(points->size() == 2);
}

TEST_CASE("a gate is kept out of the history by --no-record and by the environment") {
    const GatedProject project(slower_build());
    const Ended option = project.gate({"sample/single", "--mode", "quick", "--no-record"});
    CHECK(option.exit_code == 1);
    CHECK(parsed(option.out).at("run").is_null());
    const Ended variable = project.gate({"sample/single", "--mode", "quick"},
                                        {.environment = {{"ENABLE_PERFORMANCE_RECORDING", "0"}}});
    CHECK(variable.exit_code == 1);
    CHECK_FALSE(project.has(".assay/history.db"));
    CHECK_FALSE(project.has(".assay/runs"));
}

TEST_CASE("a gate over equal builds measures nothing and records nothing, and says so") {
    const GatedProject project(sample_plugin());
    const Ended ended = project.gate({"sample/single"});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(parsed(ended.out).at("run").is_null());
    CHECK(ended.err.find("no run is recorded") != std::string::npos);
    CHECK_FALSE(project.has(".assay/history.db"));
}

TEST_CASE("gate --ci measures and records every case, equal builds too, and leaves reports") {
    const GatedProject project(sample_plugin());
    const Ended ended = project.gate({"--ci", "--mode", "quick", "sample/(single|multiply)"});
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    const auto store = project.store();
    const history::Run run = newest_run(*store);
    CHECK(cases_of(run) == std::vector<std::string>{"sample/multiply", "sample/single"});
    const auto verdicts = store->verdicts(run.uuid);
    REQUIRE(verdicts.ok());
    REQUIRE_FALSE(verdicts->empty());
    for (const history::VerdictRow& row : *verdicts) {
        CHECK(row.verdict == "unchanged");
    }
    const auto gate = parsed(project.box.read("assay-report/gate.json"));
    check_schema(gate, "gate.json");
    CHECK(gate == parsed(ended.out));
    // Nothing was compared: the reporter tells of the run.
    const auto results = parsed(project.box.read("assay-report/results.json"));
    check_schema(results, "results.json");
    CHECK(results.at("run").at("id").as_string() == run.uuid);
    CHECK(ended.err.find("no plugin provides") == std::string::npos);
    // Every report tells of the gate, though the run was measured before it spoke.
    CHECK(project.box.read("assay-report/report.md").find("## Gate") != std::string::npos);
    CHECK(project.box.read("assay-report/junit.xml").find("name=\"single\"") != std::string::npos);
    const std::string comment = project.box.read("assay-report/github-comment.md");
    CHECK(comment.starts_with("<!-- assay:report -->"));
    CHECK(comment.find("against `@main`") != std::string::npos);
    CHECK(project.box.read("assay-report/github-annotations.txt").empty());
}

TEST_CASE("gate --ci over builds that differ has the comparison under a name of its own") {
    const GatedProject project(slower_build());
    const Ended ended = project.gate({"--ci", "--mode", "quick", "sample/single"});
    INFO(ended.err);
    CHECK(ended.exit_code == 1);
    check_schema(parsed(project.box.read("assay-report/comparison.json")), "comparison.json");
    check_schema(parsed(project.box.read("assay-report/gate.json")), "gate.json");
    CHECK_FALSE(project.has("assay-report/results.json"));
    CHECK(project.box.read("assay-report/github-annotations.txt").starts_with("::error "));
    CHECK(project.box.read("assay-report/junit.xml").find("type=\"FAIL\"") != std::string::npos);
    CHECK(project.box.read("assay-report/report.md").find("sample/single") != std::string::npos);
    const auto store = project.store();
    CHECK(cases_of(newest_run(*store)) == std::vector<std::string>{"sample/single"});
}

TEST_CASE("gate --ci takes standard mode whatever the environment says, and --no-record wins") {
    const GatedProject project(sample_plugin());
    const Ended ended = project.gate({"--ci", "--no-record", "sample/single"},
                                     {.environment = {{"BENCHMARK_MODE", "quick"}}});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    const auto results = parsed(project.box.read("assay-report/results.json"));
    CHECK(results.at("run").at("mode").as_string() == "standard");
    CHECK_FALSE(project.has(".assay/history.db"));
}

TEST_CASE("a gate that measures nothing is not asked to record, and a bad history is told first") {
    const GatedProject project(slower_build());
    for (const std::string option : {"--record", "--ci"}) {
        CAPTURE(option);
        const Ended ended = project.box.assay({"gate", "--skip-run", option});
        CHECK(ended.exit_code == 2);
        CHECK(ended.err.find(option) != std::string::npos);
    }
    project.box.write(".assay/history.db", "this is no database, and long enough to be looked at");
    const Ended refused = project.gate({"sample/single", "--record"});
    CHECK(refused.exit_code == 2);
    CHECK(refused.err.find("history.db") != std::string::npos);
    CHECK(refused.err.find("today's figures") == std::string::npos);
}

} // namespace gate_recording_test
