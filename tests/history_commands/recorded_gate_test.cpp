// `assay gate --skip-run`: figures of other programs, recorded and then judged by the ready gates.
#include "told_project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace recorded_gate_test {

using namespace assay;
using namespace assay::test;

namespace {

using Figures = std::map<std::string, std::string>; // metric: JSON

// What the RAG pipeline writes: eleven names that are known without unit and direction.
Figures rag(double factor = 1) {
    const std::map<std::string, double> typical{{"embedding_throughput", 80},
                                                {"vector_search_latency", 0.05},
                                                {"query_latency_no_vllm", 9},
                                                {"query_latency_vllm", 3},
                                                {"db_insertion_throughput", 1500},
                                                {"peak_memory_gb", 11},
                                                {"avg_memory_gb", 8},
                                                {"cache_hit_rate", 0.8},
                                                {"tokens_per_second", 45},
                                                {"avg_mrr", 0.7},
                                                {"avg_ndcg", 0.75}};
    Figures figures;
    for (const auto& [name, value] : typical) {
        figures[name] = fmt::format("{}", value * factor);
    }
    return figures;
}

std::string unit_told(double value, const std::string& unit, const std::string& direction) {
    return fmt::format(R"({{"value":{},"unit":"{}","direction":"{}"}})", value, unit, direction);
}

// Run `number`, a minute after the one before.
std::string record_text(const Figures& figures, int number, const std::string& branch) {
    std::string metrics;
    for (const auto& [name, value] : figures) {
        metrics += fmt::format(R"({}"{}":{})", metrics.empty() ? "" : ",", name, value);
    }
    return fmt::format(
        R"({{"schema":"assay.record/1","metrics":{{{}}},"metadata":{{"timestamp":)"
        R"("2026-01-05T10:{:02}:00Z","git_branch":"{}","git_commit":"{:040x}","dirty":false}}}})",
        metrics,
        number,
        branch,
        0xabcdef00 + number);
}

class RecordedProject {
public:
    void record(const Figures& figures, int number, const std::string& branch = "main") const {
        project_.box().write("figures.json", record_text(figures, number, branch));
        const auto ended = project_.assay({"history", "record", "figures.json"});
        REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    }

    // Five runs that differ by what runs differ by anyway.
    void record_usual(int first = 1) const {
        int number = first;
        for (const double factor : {1.0, 1.01, 0.99, 1.005, 0.995}) {
            record(rag(factor), number++);
        }
    }

    [[nodiscard]] integration::Ended gate(const std::string& gates,
                                          std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"gate", "--skip-run"};
        if (!gates.empty()) {
            words.insert(words.end(),
                         {"--gates",
                          (integration::source_folder() / "examples" / "gates" / gates).string()});
        }
        words.insert(words.end(), more.begin(), more.end());
        return project_.assay(words);
    }

    [[nodiscard]] const ToldProject& project() const { return project_; }

private:
    ToldProject project_;
};

// Of the JSON document: the outcomes of a rule.
std::vector<std::string> outcomes(const integration::Ended& ended, const std::string& rule) {
    std::vector<std::string> found;
    const json::object document = document_of(ended.out, "gate.json");
    for (const json::value& line : document.at("lines").as_array()) {
        if (line.at("rule").as_string() == rule) {
            found.emplace_back(line.at("outcome").as_string());
        }
    }
    return found;
}

using Outcomes = std::vector<std::string>;

} // namespace

TEST_CASE("recorded figures as they always are pass the gate of their pipeline") {
    const RecordedProject recorded;
    recorded.record_usual();
    recorded.record(rag(), 6);
    const auto ended = recorded.gate("rag.json");
    INFO(ended.out, ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.err, "judging run"));
    CHECK(has(ended.out, "stored figures: segment of 5 runs"));
    const auto document =
        document_of(recorded.gate("rag.json", {"--format", "json"}).out, "gate.json");
    CHECK(document.at("summary").at("outcomes").at("PASS").as_int64() == 17);
    CHECK_FALSE(document.at("run").is_null());
}

TEST_CASE("a bare limit is in the unit in which the figures were told") {
    const RecordedProject recorded;
    recorded.record({{"flat", unit_told(20, "ms", "lower")}}, 1);
    const auto judge = [&](const std::string& value) {
        recorded.project().box().write(
            "own.json",
            R"({"schema":"assay.gates/1","rules":[{"id":"cap","kind":"limit","metric":"flat","op":"<","value":)" +
                value + "}]}");
        return recorded.gate("", {"--gates", "own.json"});
    };
    const auto within = judge("25");
    CHECK(within.exit_code == 0);
    CHECK(has(within.out, "< 25 ms"));
    CHECK(judge("15").exit_code == 1);
    CHECK(judge("\"0.1 s\"").exit_code == 0);
}

TEST_CASE("the page of a run tells a rule's figure as the change that it is") {
    const RecordedProject recorded;
    recorded.record_usual();
    Figures figures = rag();
    figures["embedding_throughput"] = "60"; // of 80
    recorded.record(figures, 6);
    REQUIRE(recorded.gate("rag.json").exit_code == 1);
    const auto shown = recorded.project().assay({"history", "show", "latest"});
    CHECK(has(shown.out, "25 % worse"));
    CHECK_FALSE(has(shown.out, "25 {chunk}/s"));
}

TEST_CASE("regressions of several commits are no shift of the machine") {
    const RecordedProject recorded;
    Figures figures;
    for (int i = 0; i < 12; ++i) {
        figures[fmt::format("t{:02}", i)] = "";
    }
    // Twelve series; every three runs another of the first seven gets 30 % worse, and stays.
    for (int number = 1; number <= 30; ++number) {
        int index = 0;
        for (auto& [name, figure] : figures) {
            const bool worse = index < 7 && number >= 9 + 3 * index;
            const double noise = 1 + 0.002 * ((number * 7 + index * 5) % 11 - 5);
            figure = unit_told((worse ? 130 : 100) * noise, "ms", "lower");
            ++index;
        }
        recorded.record(figures, number);
    }
    recorded.project().box().write("own.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"t","kind":"regression","metric":"*","evidence":"history","fail":"20%"}]})");
    const auto ended = recorded.gate("", {"--gates", "own.json"});
    INFO(ended.out);
    CHECK(ended.exit_code == 1);
    CHECK_FALSE(has(ended.out, "shift"));
}

TEST_CASE("a recorded figure that got worse by more than its rule allows fails the gate") {
    const RecordedProject recorded;
    recorded.record_usual();
    Figures figures = rag();
    figures["embedding_throughput"] = "63"; // of 80: 21 % fewer
    recorded.record(figures, 6);
    const auto ended = recorded.gate("rag.json", {"--format", "json"});
    CHECK(ended.exit_code == 1);
    CHECK(outcomes(ended, "embedding_throughput") == Outcomes{"FAIL"});
    CHECK(outcomes(ended, "embedding") == Outcomes{"PASS"}); // its limit is 60
    CHECK(outcomes(ended, "query_latency_vllm") == Outcomes{"PASS"});
    CHECK(recorded.gate("rag.json", {"--regression-threshold", "30%"}).exit_code == 0);
}

TEST_CASE("a recorded figure beyond a limit fails without any run before it") {
    const RecordedProject recorded;
    Figures figures = rag();
    figures["vector_search_latency"] = "0.1";
    recorded.record(figures, 1);
    const auto ended = recorded.gate("rag.json", {"--format", "json"});
    CHECK(ended.exit_code == 1);
    CHECK(outcomes(ended, "search") == Outcomes{"FAIL"});
    CHECK(outcomes(ended, "query_latency_vllm") == Outcomes{"NOTHING"});
}

TEST_CASE(
    "a figure that five runs had and the newest lost is broken, unless the policy allows it") {
    const RecordedProject recorded;
    recorded.record_usual();
    Figures figures = rag();
    figures.erase("query_latency_vllm");
    recorded.record(figures, 6);
    const auto ended = recorded.gate("rag.json", {"--format", "json"});
    CHECK(ended.exit_code == 3);
    CHECK(outcomes(ended, "query_latency_vllm") == Outcomes{"BROKEN"});
    CHECK(outcomes(ended, "query-vllm") == Outcomes{"BROKEN"});
    CHECK(outcomes(ended, "search") == Outcomes{"PASS"});
    CHECK(has(recorded.gate("rag.json").out, "each of the 5 runs before it has it"));
    recorded.project().box().write(".assay/gates.json", R"({"schema":"assay.gates/1",
        "policy":{"missing_case":"allow"},"rules":[{"id":"q","kind":"limit",
        "metric":"query_latency_no_vllm","op":"<","value":"15 s"},{"id":"v","kind":"limit",
        "metric":"query_latency_vllm","op":"<","value":"5 s"}]})");
    CHECK(recorded.gate("").exit_code == 0);
}

TEST_CASE("a figure that the newest run lost is told after one run, and when it is gone for good") {
    const RecordedProject recorded;
    Figures figures = rag();
    recorded.record(figures, 1);
    figures.erase("avg_mrr");
    recorded.record(figures, 2);
    const auto ended = recorded.gate("rag.json", {"--format", "json"});
    CHECK(ended.exit_code == 3);
    CHECK(outcomes(ended, "avg_mrr") == Outcomes{"BROKEN"});
    const auto text = recorded.gate("rag.json");
    CHECK(has(text.out, "not measured here: the run before it has it"));
    CHECK(has(text.out, "\"missing_case\": \"allow\""));
    const auto shown = recorded.project().assay({"history", "show", "latest"});
    CHECK_MESSAGE(has(shown.out, "record/avg_mrr"), shown.out); // which was BROKEN is kept
    recorded.project().box().write("own.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"s","kind":"limit","metric":"vector_search_latency","op":"<","value":"1 s"}]})");
    const auto unasked = recorded.gate("", {"--gates", "own.json"});
    CHECK(unasked.exit_code == 0); // no rule asks about it
    CHECK(has(unasked.out, "lost, and no rule asks about it: record/avg_mrr"));
    recorded.record(figures, 3);
    CHECK(outcomes(recorded.gate("rag.json", {"--format", "json"}), "avg_mrr").empty());
}

TEST_CASE("a gate of recorded figures says how many it judged, for it measured none") {
    const RecordedProject recorded;
    recorded.record({{"other", unit_told(1, "s", "lower")}}, 1);
    recorded.project().box().write(".assay/gates.json", R"({"schema":"assay.gates/1",
        "rules":[{"id":"o","kind":"limit","metric":"other","op":"<","value":"2 s"}]})");
    const auto ended = recorded.gate("");
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "(1 judged of 1 case)"));
    CHECK_FALSE(has(ended.out, "measured,"));
}

TEST_CASE("a figure with a baseline that the newest run lost is broken after one run too") {
    const RecordedProject recorded;
    recorded.record(rag(), 1);
    const auto pinned = recorded.project().assay(
        {"baseline", "pin", "record/avg_mrr", "avg_mrr", "0.7", "--why", "release"});
    REQUIRE_MESSAGE(pinned.exit_code == 0, pinned.err);
    Figures figures = rag();
    figures.erase("avg_mrr");
    recorded.record(figures, 2);
    const auto ended = recorded.gate("rag.json", {"--format", "json"});
    CHECK(ended.exit_code == 3);
    CHECK(outcomes(ended, "avg_mrr") == Outcomes{"BROKEN"});
}

TEST_CASE("a gate over recorded figures that judged nothing, or less than it must, is no pass") {
    const RecordedProject recorded;
    const auto none = recorded.gate("rag.json");
    CHECK(none.exit_code == 4);
    CHECK(has(none.err, "there is no history"));
    recorded.record({{"other", unit_told(1, "s", "lower")}}, 1);
    CHECK(recorded.gate("rag.json").exit_code == 4);
    recorded.project().box().write(".assay/gates.json", R"({"schema":"assay.gates/1",
        "policy":{"min_compared":2},"rules":[{"id":"o","kind":"limit","metric":"other",
        "op":"<","value":"2 s"}]})");
    CHECK(recorded.gate("").exit_code == 4);
}

TEST_CASE("the newest run of the branch is judged, a named run where one is named") {
    const RecordedProject recorded;
    recorded.record({{"other", unit_told(1, "s", "lower")}}, 1, "main");
    recorded.record({{"other", unit_told(3, "s", "lower")}}, 2, "pr-7");
    recorded.project().box().write(".assay/gates.json", R"({"schema":"assay.gates/1",
        "rules":[{"id":"o","kind":"limit","metric":"other","op":"<","value":"2 s"}]})");
    CHECK(recorded.gate("", {"--branch", "main"}).exit_code == 0);
    CHECK(recorded.gate("", {"--branch", "pr-7"}).exit_code == 1);
    const auto runs = recorded.project().store()->runs({.branch = "main"});
    REQUIRE(runs.ok());
    CHECK(recorded.gate("", {"--run", runs->front().uuid}).exit_code == 0);
    const auto absent = recorded.gate("", {"--branch", "pr-8"});
    CHECK(absent.exit_code == 2);
    CHECK(has(absent.err, "did you mean 'pr-7'"));
    CHECK(recorded.gate("", {"--platform", "no_such_machine"}).exit_code == 2);
    CHECK(recorded.gate("", {"--run", "0192ffff"}).exit_code == 2);
    CHECK(recorded.gate("", {"--run", "latest", "--branch", "main"}).exit_code == 2);
}

TEST_CASE("a machine that is called as an imported one is judged by the runs of that name") {
    const ToldProject project;
    project.record_all({8.0, 8.1, 8.0, 8.1, 8.0, 8.1, 8.0});
    const auto typed =
        project.assay({"gate", "--skip-run", "--platform", kLabel, "--branch", "main"});
    const auto called = project.assay({"gate", "--skip-run", "--branch", "main"},
                                      {{"PERFORMANCE_PLATFORM", kLabel}});
    INFO(called.err);
    CHECK(called.exit_code == 0);
    CHECK(called.exit_code == typed.exit_code);
    CHECK(called.out == typed.out);
}

TEST_CASE("a gate over recorded figures keeps its lines beside the run, and measures nothing") {
    const RecordedProject recorded;
    recorded.record_usual();
    recorded.record(rag(), 6);
    REQUIRE(recorded.gate("rag.json").exit_code == 0);
    const auto store = recorded.project().store();
    CHECK(store->stats()->runs == 6);
    const auto newest = store->runs({.limit = 1});
    REQUIRE(newest.ok());
    CHECK(store->gate_results(newest->front().uuid)->size() == 17);
    CHECK(store->verdicts(newest->front().uuid)->size() == 11);
}

TEST_CASE("filters narrow what is judged, and options that only measuring heeds are refused") {
    const RecordedProject recorded;
    Figures figures = rag();
    figures["vector_search_latency"] = "0.2";
    recorded.record(figures, 1);
    CHECK(outcomes(recorded.gate("rag.json", {"record/query_latency_vllm", "--format", "json"}),
                   "search")
              .empty());
    CHECK(recorded.gate("rag.json", {"record/nothing_like_it"}).exit_code == 2);
    const auto budget = recorded.gate("rag.json", {"--budget", "5s"});
    CHECK(budget.exit_code == 2);
    CHECK(has(budget.err, "--skip-run measures nothing"));
    const auto run = recorded.project().assay({"gate", "--run", "latest"});
    CHECK(run.exit_code == 2);
    CHECK(has(run.err, "--skip-run"));
}

TEST_CASE(
    "the published targets of the profiler and of the field simulation judge recorded figures") {
    const RecordedProject recorded;
    const auto of = [](double value, const char* unit, const char* direction) {
        return fmt::format(R"({{"value":{0},"unit":"{1}","direction":"{2}","samples":[{0},{0}]}})",
                           value,
                           unit,
                           direction);
    };
    Figures profiler{{"api_response_time", of(80, "ms", "lower")},
                     {"module_launch_time", of(400, "ms", "lower")},
                     {"concurrent_runs", of(12, "{run}", "higher")},
                     {"log_streaming", of(12000, "{line}/s", "higher")},
                     {"client_memory_usage", of(400, "MB", "lower")},
                     {"client_cpu_usage", of(0.4, "1", "lower")},
                     {"text_scoring_time", of(40, "ms", "lower")},
                     {"youtube_score_time", of(8, "ms", "lower")},
                     {"universal_content_score_time", of(80, "ms", "lower")},
                     {"scoring_memory_usage", of(80, "MB", "lower")},
                     {"category_classification_time", of(80, "ms", "lower")},
                     {"story_detection_time", of(120, "ms", "lower")},
                     {"batch_processing", of(120, "{item}/s", "higher")},
                     {"classification_memory_usage", of(180, "MB", "lower")}};
    recorded.record(profiler, 1);
    const auto kept = recorded.gate("prismq.json");
    CHECK_MESSAGE(kept.exit_code == 0, kept.out);
    profiler["api_response_time"] = of(101, "ms", "lower");
    recorded.record(profiler, 2);
    CHECK(recorded.gate("prismq.json").exit_code == 1);
    recorded.record({{"cgl_fps", of(31, "Hz", "higher")},
                     {"kuramoto_sync_time", of(0.09, "s", "lower")},
                     {"memory_usage", of(0.9, "GB", "lower")},
                     {"coordination_frequency", of(9.5, "Hz", "higher")},
                     {"coordination_latency_p95", of(45, "ms", "lower")},
                     {"success_rate", of(0.995, "1", "higher")},
                     {"response_time_p95", of(0.8, "s", "lower")},
                     {"hit_ratio", of(0.96, "1", "higher")},
                     {"cache_hit_ratio", of(0.85, "1", "higher")},
                     {"memory_fragmentation", of(0.2, "1", "lower")},
                     {"search_time", of(0.05, "s", "lower")}},
                    3);
    const auto simulation = recorded.gate("nfcs.json");
    CHECK_MESSAGE(simulation.exit_code == 0, simulation.out);
}

} // namespace recorded_gate_test
