#include "results.hpp"

#include <csignal>
#include <filesystem>

namespace gate_test {

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
    CHECK(document.at("resolution").is_null());
    CHECK(ended.err.find("resolution: ") == std::string::npos);
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

TEST_CASE("one sample of the machine decides for a gate's pairs and limits, and is told once") {
    const Project project(slower_plugin());
    project.box.write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"change","kind":"regression","metric":"time"},
        {"id":"limit","kind":"limit","metric":"time","op":"<","value":"1 h"},
        {"id":"memory","kind":"limit","metric":"peak_rss","op":"<","value":"1 TB"}]})");
    REQUIRE(project.box.assay({"doctor", "--format", "json"}).exit_code == 0);
    // As a machine would be whose CPU clock counts in ticks.
    const std::string file = "cache/assay/resolution.json";
    auto kept = parsed(project.box.read(file));
    kept.at("resolution").at("free").at("timeless_share") = 0.8;
    project.box.write(file, assay::write_json(kept));
    for (const bool with_pairs : {true, false}) {
        CAPTURE(with_pairs);
        std::vector<std::string> words{"sample/single", "--mode", "quick", "--no-controls"};
        if (!with_pairs) { // the very build that was saved
            words.insert(words.end(), {"--baseline", "today.assay.so"});
        }
        const Ended ended = project.gate(words);
        const auto document = document_of(ended);
        const auto& resolution = document.at("resolution");
        const auto& decisions = resolution.at("decisions");
        CHECK(decisions.at("clock").at("open_cases").as_string() == "wall");
        CHECK(resolution.at("pair_sd") == kept.at("resolution").at("pair_sd"));
        for (const assay::json::value& line : document.at("lines").as_array()) {
            const bool is_time = line.at("metric").as_string() == "time";
            if (line.at("n").to_number<int>() > 0) {
                CHECK(line.at("clock").is_null() != is_time);
            }
            if (!line.at("clock").is_null()) {
                CHECK(line.at("clock").as_string() == "wall");
            }
        }
        CHECK(outcome_of(document, "limit") == "PASS");
        const auto told = ended.err.find("resolution: ");
        REQUIRE(told != std::string::npos);
        CHECK(ended.err.find("resolution: ", told + 1) == std::string::npos);
        CHECK(ended.err.find("names no clock") != std::string::npos);
    }
}

TEST_CASE("a gate tells of the sample that its pairs followed, even where none can be kept") {
    const Project project(slower_plugin());
    project.box.write("cache/assay/resolution.json/in_the_way", ""); // a folder of that name
    const Ended ended = project.gate(
        {"sample/single", "--mode", "quick", "--no-controls", "--reporter", "json=c.json"});
    const auto document = document_of(ended);
    const auto comparison = parsed(project.box.read("c.json"));
    CHECK(document.at("resolution") == comparison.at("resolution"));
    CHECK(document.at("resolution").at("pairs_expected").to_number<int>() > 0);
}

TEST_CASE("limits on allocations are held by figures that a gate takes for them") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    MESSAGE("skipped: a sanitizer has malloc for itself");
    return;
#endif
    const Sandbox box;
    const std::string plugin = build_folder() / "tests" / "fixtures" / "allocating.assay.so";
    box.write("gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"few","kind":"limit","metric":"allocations","op":"==","value":3},
        {"id":"small","kind":"limit","metric":"allocated_bytes","op":"<","value":"168 B"}]})");
    const Ended ended = box.assay({"gate",
                                   "--plugin",
                                   plugin,
                                   "--baseline",
                                   plugin,
                                   "--gates",
                                   "gates.json",
                                   "--mode",
                                   "quick",
                                   "--format",
                                   "json",
                                   "allocating/three"});
    const auto document = document_of(ended);
    CHECK(outcome_of(document, "few") == "PASS");
    CHECK(outcome_of(document, "small") == "FAIL"); // 24 + 40 + 104 are 168
    CHECK(document.at("lines").at(0).at("clock").is_null());
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
            CHECK(line.at("limit").as_string() == "at most 5 points worse");
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

TEST_CASE("a rule about the host is answered by a gate, even where both builds are the same file") {
    const Project project(sample_plugin());
    project.box.write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"time","kind":"regression","metric":"time"},
        {"id":"quiet","kind":"host","op":"<=","value":"1000%"},
        {"id":"dead","kind":"host","op":">","value":"1000%"}]})");
    const Ended ended = project.gate({});
    const auto document = document_of(ended);
    CHECK(ended.exit_code == 1);
    CHECK(outcome_of(document, "time") == "PASS");
    CHECK(outcome_of(document, "quiet") == "PASS");
    CHECK(outcome_of(document, "dead") == "FAIL");
    CHECK_FALSE(document.at("resolution").is_null());
}

} // namespace gate_test
