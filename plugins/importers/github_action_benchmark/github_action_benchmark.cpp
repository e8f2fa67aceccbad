// The importer "github_action_benchmark": the custom results that github-action-benchmark reads,
// and the store that it writes, which is the history of a branch.
//
//   [{"name": "...", "unit": "ms", "value": 12.5, "range": "± 0.4", "extra": "..."}]
//   window.BENCHMARK_DATA = {"lastUpdate": ..., "repoUrl": ..., "entries": {"SUITE": [
//       {"commit": {"id": ..., "timestamp": ...}, "date": ms, "tool": "go", "benches": [...]}]}}
//
// The store stands alone as JSON too. Every entry of it is a run with its commit and date.
#include "import_formats/instants.hpp"
#include "import_formats/json_tree.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

constexpr std::string_view kAssignment = "window.BENCHMARK_DATA";

// Where the JSON begins.
std::size_t document_start(std::string_view text) {
    std::size_t at = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (at == std::string_view::npos || !text.substr(at).starts_with(kAssignment)) {
        return 0;
    }
    at = text.find('=', at);
    return at == std::string_view::npos ? 0 : at + 1;
}

// What the tool of an entry says of its figures; `custom` tools say nothing else.
struct Tool {
    assay::direction better = assay::no_direction;
    bool decides = false; // whatever the unit suggests
};

Tool tool_named(std::string_view name) {
    constexpr std::array<std::string_view, 8> kLower{
        "cargo", "go", "googlecpp", "catch2", "julia", "jmh", "benchmarkdotnet", "benchmarkluau"};
    if (name == "customBiggerIsBetter" || name == "customSmallerIsBetter") {
        return {name == "customBiggerIsBetter" ? assay::higher : assay::lower, true};
    }
    if (name == "benchmarkjs" || name == "pytest") {
        return {assay::higher, false};
    }
    const bool lower = std::ranges::find(kLower, name) != kLower.end();
    return {lower ? assay::lower : assay::no_direction, false};
}

// "± 20", "+/- 20", "5%", "±0.74%": half the width of the range, in the figure's unit.
std::optional<double> spread_of(std::string_view range, double value) {
    std::string_view digits = formats::trimmed_text(range);
    for (const std::string_view sign : {"±", "+/-", "+-"}) {
        if (digits.starts_with(sign)) {
            digits = formats::trimmed_text(digits.substr(sign.size()));
        }
    }
    const bool relative = digits.ends_with('%');
    if (relative) {
        digits = formats::trimmed_text(digits.substr(0, digits.size() - 1));
    }
    const std::optional<double> number = formats::read_grouped(digits);
    if (!number) {
        return std::nullopt;
    }
    return relative ? *number / 100 * value : *number;
}

assay::imported_case case_of(JsonNode bench, const std::string& suite, const Tool& tool) {
    assay::imported_case made{.suite = suite, .name = std::string(bench["name"].text())};
    const std::string_view written = bench["unit"].text();
    const std::optional<double> value = bench["value"].number();
    if (!value) {
        made.status = assay::case_status::failed;
        made.reason = bench["value"].non_finite() ? "non-finite" : "it has no value";
        return made;
    }
    const formats::ToolUnit unit = formats::unit_of(written);
    const bool time = unit.dimension == formats::Dimension::time;
    assay::imported_metric metric = formats::metric_in(time ? "time" : "value", unit, written);
    metric.median = unit.to_base(*value);
    if (const auto spread = spread_of(bench["range"].text(), *value)) {
        metric.stddev = unit.to_base(*spread);
    }
    const bool by_tool = tool.decides || (metric.better == assay::no_direction && !unit.known);
    metric.better = by_tool ? tool.better : metric.better;
    made.metrics.push_back(std::move(metric));
    return made;
}

bool is_bench(JsonNode node) {
    return node["name"].is(JsonKind::string) && node["unit"].is(JsonKind::string) &&
           node["value"] && !node["primaryMetric"];
}

assay::imported_run run_of(JsonNode entry, std::string_view repository) {
    assay::imported_run run;
    const JsonNode commit = entry["commit"];
    run.commit = commit["id"].text();
    run.commit_time = formats::read_instant(commit["timestamp"].text());
    run.repository = repository;
    run.tool = "github-action-benchmark, " + std::string(entry["tool"].text());
    if (const auto date = entry["date"].number()) {
        run.date = formats::instant_from_milliseconds(*date);
    }
    return run;
}

class GithubActionBenchmark {
public:
    static constexpr std::string_view extensions = ".json,.js";

    static int probe(const assay::probed_file& file) {
        const std::size_t start = document_start(file.head);
        const JsonTree document = JsonTree::read(file.head, start);
        if (document.root()["entries"].is(JsonKind::object)) {
            const JsonNode suite = *document.root()["entries"].begin();
            const bool benches = suite.is(JsonKind::array) && (*suite.begin())["commit"];
            return start > 0 || document.root()["repoUrl"] ? 98 : benches ? 90 : 0;
        }
        const JsonNode first =
            document.root().is(JsonKind::array) ? *document.root().begin() : JsonNode{};
        return is_bench(first) ? 90 : 0;
    }

    void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes, document_start(file.bytes));
        if (document.root().is(JsonKind::array)) {
            assay::imported_run run;
            run.tool = "github-action-benchmark, custom";
            out.begin(run);
            add_benches(document.root(), {}, {}, out);
        } else {
            add_store(document.root(), out);
        }
        document.check(file.bytes);
    }

private:
    static void add_benches(JsonNode benches,
                            const std::string& suite,
                            const Tool& tool,
                            assay::import_output& out) {
        for (const JsonNode bench : benches) {
            if (bench.complete() && !bench["name"].text().empty()) {
                out.add(case_of(bench, suite, tool));
            }
        }
    }

    static void add_store(JsonNode store, assay::import_output& out) {
        for (const JsonNode suite : store["entries"]) {
            for (const JsonNode entry : suite) {
                if (!entry.complete()) { // its tool may stand behind the damage
                    continue;
                }
                out.begin(run_of(entry, store["repoUrl"].text()));
                add_benches(entry["benches"],
                            std::string(suite.key()),
                            tool_named(entry["tool"].text()),
                            out);
            }
        }
    }
};

} // namespace

ASSAY_IMPORTER(
    "org.assay.import.github_action_benchmark",
    "github_action_benchmark",
    "0.1.0",
    GithubActionBenchmark,
    R"("description":"custom results and stores of github-action-benchmark","license":"Apache-2.0")")
