// `assay run --gate`: figures of one run against limits and against recorded runs.
#include "history/store.hpp"
#include "results.hpp"

namespace run_gate_test {

using namespace integration;
namespace history = assay::history;

namespace {

std::vector<std::string> gated_run(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"run",
                                   "--mode",
                                   "quick",
                                   "--plugin",
                                   sample_plugin(),
                                   "sample/multiply",
                                   "--gate",
                                   "gates.json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

void write_rules(const Sandbox& box, const std::string& rules) {
    box.write("gates.json", R"({"schema":"assay.gates/1","rules":[)" + rules + "]}");
}

} // namespace

TEST_CASE("a limit on today's figure passes or fails a run, with figure and limit in its line") {
    const Sandbox box;
    write_rules(
        box,
        R"({"id":"slow","kind":"limit","metric":"time","statistic":"min","op":"<","value":"10 s"})");
    const Ended passed = box.assay(gated_run());
    INFO(passed.err);
    CHECK(passed.exit_code == 0);
    CHECK(passed.out.find("PASS") != std::string::npos);
    CHECK(passed.out.find("< 10 s") != std::string::npos);
    write_rules(
        box,
        R"({"id":"fast","kind":"limit","metric":"time","statistic":"min","op":"<","value":"1e-6 ns"})");
    const Ended failed = box.assay(gated_run());
    CHECK(failed.exit_code == 1);
    CHECK(failed.out.find("FAIL") != std::string::npos);
}

TEST_CASE("a case that the plugin no longer has fails the gate of the next run") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    write_rules(box, R"({"id":"t","kind":"limit","metric":"time","op":"<","value":"10 s"})");
    const auto run_with = [&box](const std::filesystem::path& plugin) {
        std::filesystem::copy_file(plugin,
                                   box.folder() / "today.assay.so",
                                   std::filesystem::copy_options::overwrite_existing);
        return box.assay({"run",
                          "--mode",
                          "quick",
                          "--plugin",
                          "today.assay.so",
                          "sample/(single|multiply)",
                          "--gate",
                          "gates.json"});
    };
    const Ended whole = run_with(sample_plugin());
    INFO(whole.out, whole.err);
    REQUIRE(whole.exit_code == 0);
    const Ended less = run_with(build_folder() / "tests" / "fixtures" / "sample_slower.assay.so");
    INFO(less.out, less.err);
    CHECK(less.exit_code == 3);
    CHECK(less.out.find("BROKEN") != std::string::npos);
    CHECK(less.out.find("not measured here: the run before it has it") != std::string::npos);
}

TEST_CASE("a regression rule without any history has compared nothing") {
    const Sandbox box;
    write_rules(box, R"({"id":"time","kind":"regression","metric":"time"})");
    const Ended ended = box.assay(gated_run());
    CHECK(ended.exit_code == 4);
    CHECK(ended.out.find("NOTHING") != std::string::npos);
    CHECK(ended.out.find("there is no history: --record") != std::string::npos);
}

TEST_CASE("recorded runs are what a gate of a run goes by, and its lines stay in the history") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    write_rules(box, R"({"id":"time","kind":"regression","metric":"time","evidence":"history"})");
    for (int run = 0; run < 5; ++run) {
        const Ended ended = box.assay(gated_run());
        INFO(ended.err);
        CHECK(ended.exit_code == 4); // fewer than five runs before it
    }
    const Ended judged = box.assay(gated_run());
    INFO(judged.out);
    CHECK(judged.out.find("stored figures: segment of 5 runs") != std::string::npos);
    CHECK(judged.exit_code != 4);
    auto store = history::open_store((box.folder() / ".assay/history.db").string(), {});
    REQUIRE(store.ok());
    const auto runs = (*store)->runs({.limit = 1});
    REQUIRE(runs.ok());
    const auto lines = (*store)->gate_results(runs->front().uuid);
    REQUIRE(lines.ok());
    REQUIRE(lines->size() == 1);
    CHECK(lines->front().rule_id == "time");
    CHECK(lines->front().figure.has_value());
    const auto verdicts = (*store)->verdicts(runs->front().uuid);
    REQUIRE(verdicts.ok());
    REQUIRE(verdicts->size() == 1);
    CHECK_FALSE(verdicts->front().verdict.empty());
}

TEST_CASE("with json on stdout the gate's lines are notes") {
    const Sandbox box;
    write_rules(box, R"({"id":"slow","kind":"limit","metric":"time","op":"<","value":"10 s"})");
    const Ended ended = box.assay(gated_run({"--format", "json"}));
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.find("gate passed") != std::string::npos);
    (void)parsed(ended.out); // nothing but the document
}

TEST_CASE("a gate file that is not there, or a threshold without a gate, is a usage error") {
    const Sandbox box;
    const Ended absent = box.assay(gated_run());
    CHECK(absent.exit_code == 2);
    CHECK(absent.err.find("there is no such gate file") != std::string::npos);
    const Ended alone =
        box.assay({"run", "--regression-threshold", "15%", "--plugin", sample_plugin()});
    CHECK(alone.exit_code == 2);
    CHECK(alone.err.find("--regression-threshold without --gate") != std::string::npos);
}

TEST_CASE("run --ci records, gates by the project's rules and writes the reports of a job") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    box.write(".assay/gates.json",
              R"({"schema":"assay.gates/1","rules":[{"id":"slow","kind":"limit","metric":"time",)"
              R"("op":"<","value":"10 s"}]})");
    const std::vector<std::string> words{
        "run", "--ci", "--mode", "quick", "--plugin", sample_plugin(), "sample/multiply"};
    const Ended ended = box.assay(words);
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("PASS") != std::string::npos);
    for (const char* name :
         {"github-comment.md", "junit.xml", "results.json", "report.md", "gate.json"}) {
        CAPTURE(name);
        CHECK(std::filesystem::exists(box.folder() / "assay-report" / name));
    }
    auto store = history::open_store((box.folder() / ".assay/history.db").string(), {});
    REQUIRE(store.ok());
    CHECK((*store)->runs({.limit = 5})->size() == 1);
    const Ended again = box.assay({"run", "--skip-run"});
    CHECK_MESSAGE(again.exit_code == 0, again.err);
    CHECK(again.err.find("judging") != std::string::npos);
    CHECK((*store)->runs({.limit = 5})->size() == 1);
}

TEST_CASE(
    "without rules of its own a run is judged in what its suites gate, and says which run it was") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    const Ended ended = box.assay(
        {"run", "--ci", "--mode", "quick", "--plugin", sample_plugin(), "sample/counted"});
    INFO(ended.err);
    CHECK(ended.exit_code == 4); // no earlier run
    CHECK(ended.out.find("hit_rate") != std::string::npos);
    const auto gate = parsed(box.read("assay-report/gate.json"));
    CHECK(gate.at("run").is_string());
}

TEST_CASE("reports of a gated run tell what failed, at the line of the rule, after the table") {
    const Sandbox box;
    write_rules(
        box,
        "\n"
        R"({"id":"fast","kind":"limit","metric":"time","statistic":"min","op":"<","value":"1e-6 ns"})");
    const Ended ended = box.assay(gated_run({"--reporter",
                                             "markdown=report.md",
                                             "--reporter",
                                             "junit=junit.xml",
                                             "--reporter",
                                             "github=annotations.txt,text=annotations"}));
    INFO(ended.err);
    CHECK(ended.exit_code == 1);
    CHECK(ended.out.find("1 case: 1 passed") < ended.out.find("FAIL"));
    CHECK(box.read("report.md").find("`fast` (`gates.json:2`)") != std::string::npos);
    CHECK(box.read("junit.xml").find("<failure message=") != std::string::npos);
    CHECK(box.read("annotations.txt").starts_with("::error file=gates.json,line=2,title=FAIL "));
}

TEST_CASE("a report that cannot be written is exit 3, and the others are whole") {
    const Sandbox box;
    const Ended ended = box.assay({"run",
                                   "--mode",
                                   "quick",
                                   "--plugin",
                                   sample_plugin(),
                                   "sample/multiply",
                                   "--reporter",
                                   "markdown=/dev/full",
                                   "--reporter",
                                   "junit=junit.xml",
                                   "--reporter",
                                   "github=/dev/null"});
    INFO(ended.err);
    CHECK(ended.exit_code == 3);
    CHECK(ended.err.find("reporter markdown: ") != std::string::npos);
    CHECK(ended.err.find("/dev/full") != std::string::npos);
    CHECK(ended.err.find("github-annotations.txt") != std::string::npos);
    CHECK(box.read("junit.xml").find("</testsuites>") != std::string::npos);
}

TEST_CASE("--format markdown is on stdout") {
    const Sandbox box;
    const Ended shown = box.assay({"run",
                                   "--mode",
                                   "quick",
                                   "--plugin",
                                   sample_plugin(),
                                   "sample/multiply",
                                   "--format",
                                   "markdown"});
    CHECK(shown.exit_code == 0);
    CHECK(shown.out.starts_with("# Performance report\n\n**1 of 1 case passed**"));
}

TEST_CASE("a reporter with nowhere to write is told at once and at the end, the others report") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    box.write("file", "no folder");
    write_rules(box, R"({"id":"slow","kind":"limit","metric":"time","op":"<","value":"10 s"})");
    const Ended ended = box.assay(
        gated_run({"--reporter", "markdown=file/report.md", "--reporter", "junit=junit.xml"}));
    INFO(ended.out, ended.err);
    CHECK(ended.exit_code == 3);
    CHECK(ended.out.find("PASS") != std::string::npos);
    CHECK(ended.err.find("warning: reporter 'markdown': ") < ended.err.find("recorded run"));
    CHECK(ended.err.find("error: reporter markdown: ") > ended.err.find("recorded run"));
    CHECK(ended.err.find("file/report.md") != std::string::npos);
    CHECK(ended.err.find("name a path in a folder that can be written") != std::string::npos);
    CHECK(box.read("junit.xml").find("</testsuites>") != std::string::npos);
    const Ended wrong = box.assay(gated_run({"--reporter", "markdown=report.md,colour=red"}));
    CHECK(wrong.exit_code == 2); // what was typed wrong is an error before anything is measured
    CHECK(wrong.err.find("recorded run") == std::string::npos);
}

TEST_CASE("a file where the folder of the reports should be costs the reports, not the gate") {
    const Sandbox box;
    box.write(".assay/assay.json", "{}");
    box.write(".assay/gates.json",
              R"({"schema":"assay.gates/1","rules":[{"id":"slow","kind":"limit","metric":"time",)"
              R"("op":"<","value":"10 s"}]})");
    box.write("assay-report", "");
    const Ended ended = box.assay(
        {"run", "--ci", "--mode", "quick", "--plugin", sample_plugin(), "sample/multiply"});
    INFO(ended.out, ended.err);
    CHECK(ended.exit_code == 3);
    CHECK(ended.out.find("PASS") != std::string::npos);
    CHECK(ended.err.find("recorded run") != std::string::npos);
    CHECK(ended.err.find("error: reporter junit: ") != std::string::npos);
    CHECK(ended.err.find("gate.json") != std::string::npos);
}

} // namespace run_gate_test
