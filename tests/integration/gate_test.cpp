#include "results.hpp"

#include <csignal>
#include <filesystem>

using namespace integration;

namespace {

std::string slower_plugin() {
    return build_folder() / "tests" / "fixtures" / "sample_slower.assay.so";
}

// A sandbox with @main = the sample plugin, whose present build lies in today.assay.so.
struct Project {
    Sandbox box;

    explicit Project(const std::string& today) {
        const Ended saved = box.assay({"baseline", "save", "main", "--plugin", sample_plugin()});
        INFO(saved.err);
        REQUIRE(saved.exit_code == 0);
        std::filesystem::copy(today, box.folder() / "today.assay.so");
    }

    [[nodiscard]] Ended gate(std::vector<std::string> more) const {
        std::vector<std::string> words{"gate", "--plugin", "today.assay.so", "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        return box.assay(words);
    }
};

assay::json::value document_of(const Ended& ended) {
    INFO(ended.err);
    auto document = parsed(ended.out);
    check_schema(document, "gate.json");
    CHECK(document.at("summary").at("exit_code").to_number<int>() == ended.exit_code);
    return document;
}

std::string outcome_of(const assay::json::value& document, const std::string& rule) {
    for (const assay::json::value& line : document.at("lines").as_array()) {
        if (line.at("rule").as_string() == rule) {
            return std::string(line.at("outcome").as_string());
        }
    }
    return "no line";
}

} // namespace

TEST_CASE("a gate over the very build that was saved passes without measuring anything") {
    const Project project(sample_plugin());
    const Ended ended = project.gate({});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 0);
    CHECK(document.at("summary").at("compared").to_number<int>() == 0);
    CHECK(document.at("summary").at("identical").to_number<int>() > 5);
    for (const assay::json::value& line : document.at("lines").as_array()) {
        CHECK(line.at("outcome").as_string() == "PASS");
        CHECK(line.at("reason").as_string() == "identical files");
        CHECK(line.at("n").to_number<int>() == 0);
    }
}

TEST_CASE("a gate fails a build that takes half as long again, and says by how much") {
    const Project project(slower_plugin());
    const Ended ended = project.gate({"sample/single", "--budget", "30s", "--no-controls"});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 1);
    CHECK(outcome_of(document, "time") == "FAIL");
    const auto& line = document.at("lines").as_array().front();
    CHECK(line.at("figure").to_number<double>() > 20);
    CHECK(line.at("unit").as_string() == "%");
    CHECK(line.at("n").to_number<int>() >= 6);
    CHECK(document.at("baseline").as_string() == "@main");
}

TEST_CASE("a threshold from outside moves the limit, by option or by environment") {
    const Project project(slower_plugin());
    const Ended ended = project.gate(
        {"sample/single", "--budget", "30s", "--no-controls", "--regression-threshold", "500%"});
    CHECK(outcome_of(document_of(ended), "time") != "FAIL");
    CHECK(ended.exit_code == 0);
    const Ended both = project.box.assay({"gate", "--plugin", "today.assay.so", "sample/single"},
                                         {.environment = {{"REGRESSION_THRESHOLD", "20"}}});
    CHECK(both.exit_code == 2);
    CHECK(both.err.find("0.2") == std::string::npos);
    CHECK(both.err.find("20%") != std::string::npos);
    CHECK(both.err.find("2000%") != std::string::npos);
}

TEST_CASE("limits hold today's figures, and a rule that applies to nothing is exit 4") {
    const Project project(sample_plugin());
    project.box.write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"quick","kind":"limit","metric":"time","op":"<","value":"1 h"},
        {"id":"hopeless","kind":"limit","metric":"time","statistic":"p90","op":"<","value":"1 ns"},
        {"id":"elsewhere","kind":"limit","metric":"no_such_metric","op":"<","value":1}]})");
    const Ended ended = project.gate({"sample/single", "--mode", "quick"});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 1);
    CHECK(outcome_of(document, "quick") == "PASS");
    CHECK(outcome_of(document, "hopeless") == "FAIL");
    CHECK(document.at("unmatched").as_array().size() == 1);
    project.box.write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"elsewhere","kind":"limit","metric":"no_such_metric","op":"<","value":1}]})");
    CHECK(project.gate({"sample/single", "--mode", "quick"}).exit_code == 4);
}

TEST_CASE("a case that today's build lost fails the gate as broken") {
    const Project project(slower_plugin());
    const Ended ended = project.gate({"sample/multiply", "--budget", "1s"});
    CHECK(ended.exit_code == 3);
    CHECK(outcome_of(document_of(ended), "time") == "BROKEN");
}

TEST_CASE("without a baseline or without a build there is nothing to judge, exit 4") {
    const Sandbox box;
    const Ended none = box.assay({"gate", "--plugin", sample_plugin()});
    CHECK(none.exit_code == 4);
    CHECK(none.err.find("assay baseline save main") != std::string::npos);
    const Ended nothing = box.assay({"gate"});
    CHECK(nothing.exit_code == 4);
    CHECK(nothing.err.find("--plugin") != std::string::npos);
}

TEST_CASE("a gate file with a mistake is exit 2 and names the place") {
    const Project project(sample_plugin());
    project.box.write("gates.json",
                      R"({"schema":"assay.gates/1","rules":[{"id":"a","kind":"regresion"}]})");
    const Ended ended = project.gate({"--gates", "gates.json"});
    CHECK(ended.exit_code == 2);
    CHECK(ended.err.find("/rules/0/kind") != std::string::npos);
}

TEST_CASE("a budget too small leaves a gate undecided, exit 5, with the budget that would do") {
    const Project project(slower_plugin());
    const Ended ended = project.box.assay({"gate",
                                           "--plugin",
                                           "today.assay.so",
                                           "--budget",
                                           "1ms",
                                           "--no-controls",
                                           "sample/single"});
    CHECK(ended.exit_code == 5);
    CHECK(ended.out.find("UNDECIDED") != std::string::npos);
    CHECK(ended.out.find("--budget") != std::string::npos);
}

TEST_CASE("a gate's own lines have stdout, its reporters their files") {
    const Project project(slower_plugin());
    const Ended ended = project.gate(
        {"sample/single", "--budget", "30s", "--no-controls", "--reporter", "json=c.json"});
    CHECK(ended.exit_code == 1);
    check_schema(parsed(project.box.read("c.json")), "comparison.json");
    const Ended console = project.gate({"sample/single", "--reporter", "console"});
    CHECK(console.exit_code == 2);
    CHECK(console.err.find("stdout") != std::string::npos);
}

TEST_CASE("without rules a gate holds what the suite itself gates, in points") {
    const Project project(slower_plugin()); // hits half as often: 25 points
    const Ended ended = project.gate({"sample/counted", "--budget", "30s", "--no-controls"});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 1);
    CHECK(outcome_of(document, "hit_rate") == "FAIL");
    for (const assay::json::value& line : document.at("lines").as_array()) {
        if (line.at("metric").as_string() == "hit_rate") {
            CHECK(line.at("unit").as_string() == "points");
            CHECK(line.at("limit").as_string() == "at most 20 points worse");
        }
    }
}

TEST_CASE("a gated metric that got worse and that no rule asks about is told, no more") {
    const Project project(slower_plugin());
    project.box.write("gates.json",
                      R"({"schema":"assay.gates/1","rules":[
                          {"id":"t","kind":"regression","warn":"900%","fail":"900%"}]})");
    const Ended ended = project.gate({"sample/counted", "--gates", "gates.json", "--no-controls"});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 0);
    std::string notes;
    for (const assay::json::value& note : document.at("notes").as_array()) {
        notes += note.at("text").as_string().c_str();
    }
    INFO(notes);
    CHECK(notes.find("hit_rate, which its suite gates, is 2") != std::string::npos);
    CHECK(notes.find("worse in sample/counted: no rule asks about it") != std::string::npos);
}

TEST_CASE("an interrupted gate tells the code that it exits with and advises nothing") {
    const Project project(sample_plugin());
    project.box.write("gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"quick","kind":"limit","metric":"time","op":"<","value":"1 h"},
        {"id":"hits","kind":"limit","metric":"hit_rate","op":">","value":0.1}]})");
    Surroundings around;
    around.wait_for = "[1/"; // one case is over, others wait
    around.then = [](int pid) { ::kill(pid, SIGINT); };
    const Ended ended = project.box.assay({"gate",
                                           "--plugin",
                                           "today.assay.so",
                                           "--gates",
                                           "gates.json",
                                           "--mode",
                                           "quick",
                                           "--lanes",
                                           "1",
                                           "sample/sum",
                                           "sample/counted",
                                           "sample/largest"},
                                          around);
    INFO(ended.out);
    INFO(ended.err);
    CHECK(ended.exit_code == 130);
    CHECK(ended.out.find("gate interrupted") != std::string::npos);
    CHECK(ended.out.find("exit 130") != std::string::npos);
    CHECK(ended.out.find("cancelled before it was measured") != std::string::npos);
    CHECK(ended.out.find("applies to no case") == std::string::npos);
    CHECK(ended.out.find("--budget") == std::string::npos);
}
