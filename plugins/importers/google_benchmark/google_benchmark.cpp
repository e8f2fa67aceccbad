// The importer "google_benchmark": what a google-benchmark program writes with
// --benchmark_out_format=json.
//
//   {"context": {"date": ..., "executable": ..., "num_cpus": 4, "caches": [...], ...},
//    "benchmarks": [{"name": ..., "run_name": ..., "run_type": "iteration" | "aggregate",
//                    "real_time": ..., "cpu_time": ..., "time_unit": "ns", ...}]}
//
// Aggregates repeat what the iterations say, and stand for them only where those were not written.
#include "import_formats/instants.hpp"
#include "import_formats/json_tree.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

// Numbers that describe the row and measure nothing.
constexpr std::array<std::string_view, 12> kBookkeeping{"family_index",
                                                        "per_family_instance_index",
                                                        "repetitions",
                                                        "repetition_index",
                                                        "threads",
                                                        "iterations",
                                                        "real_time",
                                                        "cpu_time",
                                                        "big_o",
                                                        "rms",
                                                        "cpu_coefficient",
                                                        "real_coefficient"};

bool is_bookkeeping(std::string_view key) {
    return std::ranges::find(kBookkeeping, key) != kBookkeeping.end();
}

bool is_aggregate(JsonNode row) {
    return row["run_type"].text() == "aggregate" || row["big_o"] || row["rms"];
}

std::string_view case_name(JsonNode row) {
    return row["run_name"] ? row["run_name"].text() : row["name"].text();
}

// Which of the rows stand for the results of their case.
class Chosen {
public:
    explicit Chosen(JsonNode rows) {
        for (const JsonNode row : rows) {
            if (!row.complete()) {
                continue;
            }
            const std::string_view aggregate = row["aggregate_name"].text();
            if (!is_aggregate(row)) {
                iterated_.insert(case_name(row));
            } else if (aggregate == "median") {
                has_median_.insert(case_name(row));
            }
        }
    }

    [[nodiscard]] bool has(JsonNode row) const {
        if (!is_aggregate(row)) {
            return true;
        }
        const std::string_view aggregate = row["aggregate_name"].text();
        if (iterated_.contains(case_name(row)) || row["aggregate_unit"].text() == "percentage") {
            return false;
        }
        return aggregate == "median" ||
               (aggregate == "mean" && !has_median_.contains(case_name(row)));
    }

private:
    std::set<std::string_view> iterated_, has_median_;
};

// NaN where the file says so, or something else than a number: the host fails the case for it.
double figure_of(JsonNode node) {
    return node.number().value_or(assay::imported_metric::unknown);
}

// The tool's own four; another one would make a series beside that of the case.
std::string time_unit_of(JsonNode row) {
    const std::string unit(row["time_unit"] ? row["time_unit"].text() : "ns");
    if (unit != "ns" && unit != "us" && unit != "ms" && unit != "s") {
        throw assay::damaged("'" + std::string(case_name(row)) + "' has the time_unit '" + unit +
                             "': expected ns, us, ms or s");
    }
    return unit;
}

// What is missing or no number where the tool writes a time; empty: nothing.
std::string without_time(JsonNode row) {
    if (is_aggregate(row)) {
        return "";
    }
    if (!row["real_time"]) {
        return "it has no real_time";
    }
    return row["real_time"].is(JsonKind::string) ? "its real_time is a text, not a number" : "";
}

void add_metrics(JsonNode row, assay::imported_case& into) {
    const std::string unit = time_unit_of(row);
    const auto iterations = row["iterations"].integer().value_or(0);
    const auto add = [&](std::string_view key, std::string_view written, JsonNode value) {
        into.metrics.push_back(formats::sampled_metric(key, written, {figure_of(value)}));
        into.metrics.back().iterations =
            iterations > 0 ? static_cast<std::uint64_t>(iterations) : 0;
    };
    if (const JsonNode real = row["real_time"]) {
        add("time", unit, real);
    }
    if (const JsonNode cpu = row["cpu_time"]) {
        add("cpu_time", unit, cpu);
        into.metrics.back().timer = assay::clock::thread_cpu;
    }
    for (const JsonNode member : row) {
        if (!member.is(JsonKind::number) || is_bookkeeping(member.key())) {
            continue;
        }
        if (member.key() == "bytes_per_second") {
            add("bytes_rate", "B/s", member);
        } else if (member.key() == "items_per_second") {
            add("items_rate", "items/s", member);
        } else {
            add(formats::key_of(member.key()), "", member);
        }
    }
}

std::string file_name_of(std::string_view path) {
    return std::string(path.substr(path.find_last_of("/\\") + 1));
}

assay::imported_case case_of(JsonNode row, const std::string& suite) {
    assay::imported_case made{.suite = suite, .name = std::string(case_name(row))};
    if (row["error_occurred"].boolean().value_or(false)) {
        made.status = assay::case_status::failed;
        made.reason = row["error_message"].text();
    } else if (row["skipped"].boolean().value_or(false)) {
        made.status = assay::case_status::skipped;
        made.reason = row["skip_message"].text();
    } else if (std::string fault = without_time(row); !fault.empty()) {
        made.status = assay::case_status::failed;
        made.reason = std::move(fault);
    } else {
        add_metrics(row, made);
    }
    return made;
}

// One cache as text: "L1 Data 32768 shared by 2".
std::string cache_text(JsonNode cache) {
    return "L" + std::string(cache["level"].source()) + " " + std::string(cache["type"].text()) +
           " " + std::string(cache["size"].source()) + " shared by " +
           std::string(cache["num_sharing"].source());
}

assay::imported_run run_of(JsonNode context) {
    assay::imported_run run;
    run.tool = "google-benchmark";
    if (const JsonNode version = context["library_version"]) {
        run.tool += " " + std::string(version.text());
    }
    run.date = formats::read_instant(context["date"].text());
    if (const JsonNode date = context["date"]; date && !run.date) {
        run.environment.emplace_back("unusable_date", std::string(date.text()));
    }
    run.commit = context["git_commit"].text();
    run.branch = context["git_branch"].text();
    if (const auto processors = context["num_cpus"].integer()) {
        run.hardware.emplace_back("num_cpus", *processors);
        run.machine = std::to_string(*processors) + " cpus";
    }
    std::int64_t number = 0;
    for (const JsonNode cache : context["caches"]) {
        run.hardware.emplace_back("cache_" + std::to_string(number++), cache_text(cache));
    }
    for (const char* const key :
         {"host_name", "executable", "library_build_type", "cpu_scaling_enabled", "mhz_per_cpu"}) {
        if (const JsonNode fact = context[key]; fact.complete()) {
            run.environment.emplace_back(
                key, std::string(fact.is(JsonKind::string) ? fact.text() : fact.source()));
        }
    }
    return run;
}

class GoogleBenchmark {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode rows = document.root()["benchmarks"];
        const JsonNode first = rows.is(JsonKind::array) ? *rows.begin() : JsonNode{};
        const bool row = first["name"].is(JsonKind::string) && !first["stats"] &&
                         (first["run_type"] || first["real_time"] || first["time_unit"]);
        if (row) {
            return document.root()["context"].is(JsonKind::object) ? 95 : 75;
        }
        const JsonNode context = document.root()["context"];
        return context["library_build_type"] && context["num_cpus"] ? 85 : 0;
    }

    void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        const JsonNode rows = document.root()["benchmarks"];
        if (!rows) {
            document.check(file.bytes);
            throw assay::damaged("there is no member 'benchmarks'");
        }
        const JsonNode context = document.root()["context"];
        const std::string suite = file_name_of(context["executable"].text());
        out.begin(run_of(context));
        const Chosen chosen(rows);
        for (const JsonNode row : rows) {
            if (row.complete() && row.is(JsonKind::object) && !case_name(row).empty() &&
                chosen.has(row)) {
                out.add(case_of(row, suite));
            }
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.google_benchmark",
               "google_benchmark",
               "0.1.0",
               GoogleBenchmark,
               R"("description":"JSON of google-benchmark programs","license":"Apache-2.0")")
