// `assay run --skip-run`: what a run would say, of one that is recorded already.
#include "history/store.hpp"
#include "results.hpp"

namespace skip_run_test {

using namespace integration;
namespace history = assay::history;

namespace {

// A project with one recorded run, and no report of it.
struct RecordedOnce {
    Sandbox box;

    RecordedOnce() {
        box.write(".assay/assay.json", "{}");
        box.write(".assay/gates.json",
                  R"({"schema":"assay.gates/1","rules":[{"id":"slow","kind":"limit",)"
                  R"("metric":"time","op":"<","value":"10 s"}]})");
        const Ended ended = box.assay(
            {"run", "--mode", "quick", "--plugin", sample_plugin(), "sample/(single|multiply)"});
        INFO(ended.err);
        REQUIRE(ended.exit_code == 0);
    }

    [[nodiscard]] std::size_t runs() const {
        auto store = history::open_store((box.folder() / ".assay/history.db").string(), {});
        REQUIRE(store.ok());
        return (*store)->runs({.limit = 9})->size();
    }

    [[nodiscard]] bool has(const std::string& name) const {
        return std::filesystem::exists(box.folder() / name);
    }
};

} // namespace

TEST_CASE("run --ci --skip-run writes the reports of a job about the newest recorded run") {
    const RecordedOnce project;
    const Ended ended = project.box.assay({"run", "--ci", "--skip-run"});
    INFO(ended.out, ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("PASS") != std::string::npos);
    CHECK(project.runs() == 1);
    for (const char* name :
         {"github-comment.md", "junit.xml", "results.json", "report.md", "gate.json"}) {
        CAPTURE(name);
        CHECK(project.has(std::string("assay-report/") + name));
    }
    const auto results = parsed(project.box.read("assay-report/results.json"));
    check_schema(results, "results.json");
    CHECK(project.box.read("assay-report/report.md").find("sample/multiply") != std::string::npos);
    CHECK(project.box.read("assay-report/junit.xml").find("single") != std::string::npos);
}

TEST_CASE("reporters of a recorded run write what they would have written while it was measured") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    box.write("gates.json",
              R"({"schema":"assay.gates/1","rules":[{"id":"slow","kind":"limit","metric":"time",)"
              R"("op":"<","value":"10 s"}]})");
    const auto reporters = [](std::vector<std::string> words, const std::string& folder) {
        for (const char* name : {"json", "csv", "junit", "markdown", "openmetrics", "html"}) {
            words.insert(words.end(),
                         {"--reporter", std::string(name) + "=" + folder + "/" + name});
        }
        return words;
    };
    const Ended measured = box.assay(reporters({"run",
                                                "--mode",
                                                "quick",
                                                "--plugin",
                                                sample_plugin(),
                                                "sample/multiply",
                                                "--gate",
                                                "gates.json"},
                                               "then"));
    INFO(measured.err);
    REQUIRE(measured.exit_code == 0);
    const Ended told = box.assay(reporters({"run", "--skip-run", "--gate", "gates.json"}, "now"));
    INFO(told.err);
    REQUIRE(told.exit_code == 0);
    for (const char* name : {"json", "csv", "openmetrics"}) {
        CAPTURE(name);
        const bool equal =
            box.read(std::string("then/") + name) == box.read(std::string("now/") + name);
        CHECK(equal);
    }
    for (const char* name : {"junit", "markdown", "html"}) { // they name what the gate judged
        CAPTURE(name);
        CHECK(box.read(std::string("now/") + name).find("multiply") != std::string::npos);
    }
}

TEST_CASE("a run whose bundle is gone is reported as far as the history keeps it") {
    const RecordedOnce project;
    std::filesystem::remove_all(project.box.folder() / ".assay/runs");
    const Ended ended =
        project.box.assay({"run", "--skip-run", "sample/multiply", "--reporter", "json=one.json"});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    const auto results = parsed(project.box.read("one.json"));
    check_schema(results, "results.json");
    CHECK(results.at("summary").at("passed").to_number<int>() ==
          static_cast<int>(results.at("cases").as_array().size()));
    CHECK(project.box.read("one.json").find("sample/single") == std::string::npos);
}

TEST_CASE("with json on stdout the lines about a recorded run are notes") {
    const RecordedOnce project;
    const Ended ended = project.box.assay({"run", "--skip-run", "--format", "json"});
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.find("gate passed") != std::string::npos);
    check_schema(parsed(ended.out), "results.json");
}

TEST_CASE("an unknown reporter is an error before a recorded run is judged") {
    const RecordedOnce project;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"run", "--skip-run", "--reporter", "jsn"},
          std::vector<std::string>{"run", "--ci", "--skip-run", "--reporter", "jsn=x"},
          std::vector<std::string>{"run", "--skip-run", "--format", "jsn"}}) {
        const Ended ended = project.box.assay(words);
        CHECK(ended.exit_code == 2);
        CHECK(ended.out.empty());
        CHECK(ended.err.find("no reporter 'jsn' (did you mean 'json'?)") != std::string::npos);
        CHECK(ended.err.find("judging") == std::string::npos);
    }
}

TEST_CASE("--run says which recorded run is reported, and is no option of one that is measured") {
    const RecordedOnce project;
    const Ended named = project.box.assay(
        {"run", "--skip-run", "--run", "latest", "--reporter", "markdown=report.md"});
    INFO(named.err);
    CHECK(named.exit_code == 0);
    CHECK(project.has("report.md"));
    const Ended measured = project.box.assay({"run", "--run", "latest"});
    CHECK(measured.exit_code == 2);
    CHECK(measured.err.find("--skip-run") != std::string::npos);
}

TEST_CASE("a reporter that draws histories and no runs says so") {
    const RecordedOnce project;
    for (const std::string name : {"dashboard", "report"}) {
        const Ended ended = project.box.assay({"run", "--skip-run", "--reporter", name});
        INFO(ended.err);
        CHECK(ended.err.find("warning: reporter " + name + ": nothing is") != std::string::npos);
    }
}

} // namespace skip_run_test
