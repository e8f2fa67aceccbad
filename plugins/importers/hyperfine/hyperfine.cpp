// The importer "hyperfine": what `hyperfine --export-json` writes.
//
//   {"results": [{"command": "sleep 0.1", "mean": 0.107, "stddev": 0.003 | null, "median": ...,
//                 "user": ..., "system": ..., "min": ..., "max": ..., "times": [...],
//                 "exit_codes": [0, ...], "memory_usage_byte": [...], "parameters": {"n": "1"}}]}
//
// All times are seconds. A run that ended with another code than 0 is no measurement of the
// command.
#include "import_formats/json_tree.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <string>
#include <vector>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

std::size_t failed_runs(JsonNode codes) {
    std::size_t failed = 0;
    for (const JsonNode code : codes) { // null: killed by a signal
        failed += code.integer() == 0 ? 0 : 1;
    }
    return failed;
}

void add_times(JsonNode result, assay::imported_case& row) {
    std::vector<double> times;
    if (!formats::read_numbers(result["times"], times)) {
        row.status = assay::case_status::failed;
        row.reason = "non-finite";
        return;
    }
    assay::imported_metric time = formats::sampled_metric("time", "s", times);
    const auto take = [&result](const char* key, double& into) {
        into = result[key].number().value_or(assay::imported_metric::unknown);
    };
    take("median", time.median);
    take("mean", time.mean);
    take("stddev", time.stddev);
    take("min", time.min);
    take("max", time.max);
    row.metrics.push_back(std::move(time));
    for (const char* const key : {"user", "system"}) {
        if (const std::optional<double> figure = result[key].number()) {
            row.metrics.push_back(formats::figure_metric(std::string(key) + "_time", "s", *figure));
            row.metrics.back().timer = assay::clock::process_cpu;
        }
    }
    std::vector<double> bytes;
    if (formats::read_numbers(result["memory_usage_byte"], bytes) && !bytes.empty()) {
        row.metrics.push_back(formats::sampled_metric("memory_usage", "B", bytes));
    }
}

assay::imported_facts parameters_of(JsonNode result) {
    assay::imported_facts facts;
    for (const JsonNode parameter : result["parameters"]) {
        facts.emplace_back(std::string(parameter.key()), std::string(parameter.text()));
    }
    return facts;
}

class Hyperfine {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode results = document.root()["results"];
        const JsonNode first = results ? *results.begin() : JsonNode{};
        if (!results.is(JsonKind::array) || !first["command"].is(JsonKind::string) ||
            !first["mean"] || first["test"]) {
            return 0;
        }
        return first["exit_codes"] || first["times"] || first["user"] ? 95 : 70;
    }

    void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        assay::imported_run run;
        run.tool = "hyperfine";
        bool begun = false;
        for (const JsonNode result : document.root()["results"]) {
            if (!result.complete() || result["command"].text().empty()) {
                continue;
            }
            if (!begun) {
                begun = true;
                out.begin(run);
            }
            assay::imported_case row{.suite = {},
                                     .name = std::string(result["command"].text()),
                                     .parameters = parameters_of(result)};
            if (const std::size_t failed = failed_runs(result["exit_codes"]); failed > 0) {
                row.status = assay::case_status::failed;
                row.reason = std::to_string(failed) + " of " +
                             std::to_string(result["exit_codes"].size()) +
                             " runs did not exit with code 0";
            } else {
                add_times(result, row);
            }
            out.add(row);
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.hyperfine",
               "hyperfine",
               "0.1.0",
               Hyperfine,
               R"("description":"results of hyperfine --export-json","license":"Apache-2.0")")
