// The gate files in examples/gates: each keeps the number that its system published, just inside
// and just outside.
#include "stored_cases.hpp"
#include "support/file.hpp"
#include "verdict/name_pattern.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string_view>

namespace example_gates_test {

using namespace assay;
using namespace assay::verdict;

namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(ASSAY_SOURCE_DIR) / "examples" / "gates";

GateFile example(const std::string& name) {
    auto gates = read_gate_file((kFolder / (name + ".json")).string());
    REQUIRE_MESSAGE(gates, (gates ? "" : gates.error().message));
    return *gates;
}

// A target: the rule, what it is about, the figure at the limit, a figure on either side.
struct Target {
    std::string_view file, rule, metric, unit;
    double inside, outside;
    RuleSubject subject = {.id = "record/x", .suite = "record", .family = "x"};
};

const RuleSubject kCached{
    .id = "matrix_caching/transition[...]",
    .suite = "matrix_caching",
    .family = "transition",
    .params = {{"access", "zipf0.8"}, {"phase", "steady"}, {"path", "cached"}}};

RuleSubject subject_of(const std::string& suite, const std::string& family) {
    return {.id = suite + "/" + family, .suite = suite, .family = family, .params = {}};
}

const RuleSubject kLoop{.id = "coordination/loop[rate=10,pacing=absolute]",
                        .suite = "coordination",
                        .family = "loop",
                        .params = {{"rate", "10"}, {"pacing", "absolute"}}};

const RuleSubject kSemantic = subject_of("semantic_tokens", "cached");

const std::vector<Target> kLimits{
    {"pymdp", "hit-rate", "hit_rate", "1", 0.20, 0.1999, kCached},
    {"pymdp", "memory-per-operation", "allocated_bytes", "By", 99.9e6, 100e6},
    {"rag", "search", "vector_search_latency", "s", 0.0999, 0.1},
    {"rag", "query", "query_latency_no_vllm", "s", 14.9, 15},
    {"rag", "query-vllm", "query_latency_vllm", "s", 4.9, 5},
    {"rag", "embedding", "embedding_throughput", "{chunk}/s", 60, 59.9},
    {"rag", "insertion", "db_insertion_throughput", "{node}/s", 1000, 999},
    {"rag", "peak-memory", "peak_memory_gb", "By", 13.9 * (1 << 30), 14.0 * (1 << 30)},
    {"prismq", "api-response", "api_response_time", "s", 0.0999, 0.1},
    {"prismq", "module-launch", "module_launch_time", "s", 0.499, 0.5},
    {"prismq", "concurrent-runs", "concurrent_runs", "{run}", 10, 9},
    {"prismq", "log-streaming", "log_streaming", "{line}/s", 10001, 10000},
    {"prismq", "client-memory", "client_memory_usage", "By", 499e6, 500e6},
    {"prismq", "client-cpu", "client_cpu_usage", "1", 0.499, 0.5},
    {"prismq", "text-scoring", "text_scoring_time", "s", 0.0499, 0.05},
    {"prismq", "youtube-score", "youtube_score_time", "s", 0.0099, 0.01},
    {"prismq", "universal-score", "universal_content_score_time", "s", 0.0999, 0.1},
    {"prismq", "scoring-memory", "scoring_memory_usage", "By", 99e6, 100e6},
    {"prismq", "category", "category_classification_time", "s", 0.0999, 0.1},
    {"prismq", "story", "story_detection_time", "s", 0.1499, 0.15},
    {"prismq", "batch", "batch_processing", "{item}/s", 101, 100},
    {"prismq", "classification-memory", "classification_memory_usage", "By", 199e6, 200e6},
    {"nfcs", "cgl", "cgl_fps", "Hz", 30, 29.9},
    {"nfcs", "cgl-suite", "steps", "{step}/s", 30, 29.9, subject_of("cgl", "step")},
    {"nfcs", "kuramoto-suite", "time", "s", 0.1, 0.1001, subject_of("kuramoto", "sync_time")},
    {"nfcs", "memory-suites", "peak_rss", "By", 1e9, 1.001e9, subject_of("policy", "edits")},
    {"nfcs", "coordination-suite-frequency", "frequency", "Hz", 9, 8.99, kLoop},
    {"nfcs", "coordination-suite-latency", "busy_p95", "s", 0.05, 0.0501, kLoop},
    {"nfcs", "semantic-suite", "lookup_time", "s", 0.1, 0.1001, kSemantic},
    {"nfcs", "kuramoto", "kuramoto_sync_time", "s", 0.1, 0.1001},
    {"nfcs", "memory", "memory_usage", "By", 1e9, 1.001e9},
    {"nfcs", "coordination-frequency", "coordination_frequency", "Hz", 9, 8.99},
    {"nfcs", "coordination-latency", "coordination_latency_p95", "s", 0.05, 0.0501},
    {"nfcs", "success", "success_rate", "1", 0.99, 0.9899},
    {"nfcs", "response", "response_time_p95", "s", 1, 1.001},
    {"nfcs", "hit-ratio", "hit_ratio", "1", 0.95, 0.9499},
    {"nfcs", "cache-hit-ratio", "cache_hit_ratio", "1", 0.8, 0.7999},
    {"nfcs", "fragmentation", "memory_fragmentation", "1", 0.3, 0.3001},
    {"nfcs", "semantic-search", "search_time", "s", 0.1, 0.1001},
};

const GateLine& line_of_rule(const GateReport& report, std::string_view rule) {
    const auto found = std::ranges::find(report.lines, rule, &GateLine::rule);
    REQUIRE(found != report.lines.end());
    return *found;
}

GateOutcome outcome_of(const Target& target, double figure) {
    GateCase one{.subject = target.subject, .reason = {}, .pairs = {}, .figures = {}};
    one.figures = {
        figure_with(std::string(target.metric), std::string(target.unit), false, figure, {})};
    const auto report = judge_stored(example(std::string(target.file)), {one}, {});
    return line_of_rule(report, target.rule).outcome;
}

// A run of a series of the history, `factor` times its baseline.
GateOutcome regression_of(const std::string& file,
                          const std::string& rule,
                          const std::string& metric,
                          bool higher,
                          double now) {
    GateCase one{.subject = {.id = "record/x", .suite = "record", .family = "x"},
                 .reason = {},
                 .pairs = {},
                 .figures = {}};
    // Above 1, so that shares are held to the same scale as all of them.
    one.figures = {figure_with(metric, "1", higher, 100 * now, around(100, 0.0005, 20))};
    return line_of_rule(judge_stored(example(file), {one}, {}), rule).outcome;
}

} // namespace

TEST_CASE("every example is a valid gate file and stands in the table of its folder") {
    std::size_t files = 0;
    const auto readme = read_file((kFolder / "README.md").string(), 1 << 20);
    REQUIRE(readme);
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        ++files;
        CHECK(readme->find("## " + entry.path().filename().string()) != std::string::npos);
        for (const GateRule& rule : example(entry.path().stem().string()).rules) {
            CAPTURE(rule.id);
            const bool own_name = rule.id == rule.metric; // of RAG's eleven, told in one row
            CHECK((own_name || readme->find("`" + rule.id + "`") != std::string::npos));
        }
    }
    CHECK(files == 5);
}

TEST_CASE("every limit of an example passes just inside its target and fails just outside") {
    for (const Target& target : kLimits) {
        CAPTURE(target.file);
        CAPTURE(target.rule);
        CHECK(outcome_of(target, target.inside) == GateOutcome::passed);
        CHECK(outcome_of(target, target.outside) == GateOutcome::failed);
    }
}

TEST_CASE("every limit of an example is held to its number by this test") {
    for (const std::string name : {"pymdp", "rag", "prismq", "intellirouter", "nfcs"}) {
        for (const GateRule& rule : example(name).rules) {
            const bool counts_samples = rule.statistic == Statistic::n;
            const bool is_told = std::ranges::any_of(kLimits, [&](const Target& target) {
                return target.file == name && target.rule == rule.id;
            });
            CAPTURE(rule.id);
            CHECK((rule.kind != RuleKind::limit || counts_samples || is_told));
        }
    }
}

TEST_CASE("PrismQ has its fourteen targets") {
    CHECK(example("prismq").rules.size() == 14);
}

TEST_CASE(
    "NFCS's limits of hit ratios are about recorded figures, not about streams of the suites") {
    for (const GateRule& rule : example("nfcs").rules) {
        CAPTURE(rule.id);
        CHECK(rule.optional);
        if (rule.metric == "cache_hit_ratio") {
            CHECK(matches(rule.match, {.id = "record/x", .suite = "record", .family = "x"}));
            CHECK(!matches(rule.match, kSemantic));
        }
    }
}

TEST_CASE("limits on the number of samples hold") {
    const auto outcome = [](const std::string& file, const std::string& rule, std::size_t n) {
        GateCase one = case_with(1, {});
        one.figures[0].today =
            statistics::summarise(std::vector<std::vector<double>>(1, std::vector<double>(n, 1.0)));
        return line_of_rule(judge_stored(example(file), {one}, {}), rule).outcome;
    };
    CHECK(outcome("pymdp", "iterations", 30) == GateOutcome::passed);
    CHECK(outcome("pymdp", "iterations", 29) == GateOutcome::failed);
    CHECK(outcome("intellirouter", "sample-size", 10) == GateOutcome::passed);
    CHECK(outcome("intellirouter", "sample-size", 9) == GateOutcome::failed);
}

TEST_CASE("the eleven metrics of RAG fail beyond 20 % on their own scale, in either direction") {
    for (const auto& [metric, higher] : {std::pair{"embedding_throughput", true},
                                         std::pair{"vector_search_latency", false},
                                         std::pair{"query_latency_no_vllm", false},
                                         std::pair{"query_latency_vllm", false},
                                         std::pair{"db_insertion_throughput", true},
                                         std::pair{"peak_memory_gb", false},
                                         std::pair{"avg_memory_gb", false},
                                         std::pair{"cache_hit_rate", true},
                                         std::pair{"tokens_per_second", true},
                                         std::pair{"avg_mrr", true},
                                         std::pair{"avg_ndcg", true}}) {
        CAPTURE(metric);
        CHECK(regression_of("rag", metric, metric, higher, higher ? 0.8 : 1.2) ==
              GateOutcome::passed);
        CHECK(regression_of("rag", metric, metric, higher, higher ? 0.799 : 1.201) ==
              GateOutcome::failed);
    }
}

TEST_CASE("any regression of IntelliRouter fails, and any is one percent") {
    for (const auto& [rule, metric, higher] : {std::tuple{"latency", "time", false},
                                               std::tuple{"throughput", "throughput", true},
                                               std::tuple{"memory", "peak_rss", false},
                                               std::tuple{"cpu", "cpu_time", false}}) {
        CAPTURE(rule);
        CHECK(regression_of("intellirouter", rule, metric, higher, higher ? 0.991 : 1.009) ==
              GateOutcome::passed);
        CHECK(regression_of("intellirouter", rule, metric, higher, higher ? 0.989 : 1.011) ==
              GateOutcome::failed);
    }
}

TEST_CASE("PyMDP warns beyond 10 % and fails beyond 25 %, by pairs of both builds") {
    const auto outcome = [](double factor) {
        GateCase one = case_with(1, {});
        one.standing = CaseStanding::compared;
        one.is_for_pairs = true;
        one.pairs.assign(20, std::log(factor));
        return line_of_rule(judge(example("pymdp"), {one}, {}), "time").outcome;
    };
    CHECK(outcome(1.09) == GateOutcome::passed);
    CHECK(outcome(1.11) == GateOutcome::warned);
    CHECK(outcome(1.24) == GateOutcome::warned);
    CHECK(outcome(1.26) == GateOutcome::failed);
    // What recorded runs alone say fails nothing here.
    CHECK(regression_of("pymdp", "time", "time", false, 1.26) == GateOutcome::undecided);
}

TEST_CASE("PyMDP asks no hit rate where there is no cache or nothing can hit") {
    const GateFile gates = example("pymdp");
    const auto asked = [&](const std::string& axis, const std::string& value) {
        RuleSubject subject = kCached;
        std::ranges::find(subject.params, axis, [](const auto& one) { return one.first; })->second =
            value;
        return std::ranges::any_of(rules_for(gates, subject),
                                   [](const GateRule* rule) { return rule->id == "hit-rate"; });
    };
    CHECK(asked("path", "cached"));
    CHECK_FALSE(asked("path", "full"));
    CHECK_FALSE(asked("access", "scan"));
    CHECK_FALSE(asked("phase", "warm"));
}

} // namespace example_gates_test
