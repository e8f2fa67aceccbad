// The importer "vitest": what `vitest bench --outputJson FILE` writes, in milliseconds.
//
//   {"files": [{"filepath": ..., "groups": [{"fullName": "fib.bench.ts > fibonacci", "benchmarks":
//     [{"name": "fib(10)", "hz": 1000, "mean": 1, "median": 0.75, "samples": [], ...}]}]}]}
#include "import_formats/json_tree.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <string>
#include <vector>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

assay::imported_metric time_of(JsonNode benchmark) {
    constexpr double kLevel = 0.95;
    std::vector<double> samples;
    if (!formats::read_numbers(benchmark["samples"], samples)) {
        samples.clear();
    }
    assay::imported_metric time = formats::sampled_metric("time", "ms", samples);
    const formats::ToolUnit unit = formats::unit_of("ms");
    const auto figure = [&](const char* key) {
        return unit.to_base(formats::number_or_unknown(benchmark[key]));
    };
    time.mean = figure("mean");
    time.median = figure("median");
    time.min = figure("min");
    time.max = figure("max");
    time.stddev = figure("sd");
    time.p75 = figure("p75");
    time.p99 = figure("p99");
    if (const double margin = figure("moe"); margin >= 0) {
        time.ci_lo = time.mean - margin;
        time.ci_hi = time.mean + margin;
        time.ci_level = kLevel;
    }
    time.n = formats::count_of(benchmark["sampleCount"]);
    return time;
}

assay::imported_case case_of(JsonNode benchmark, std::string_view suite) {
    assay::imported_case row{.suite = std::string(suite),
                             .name = std::string(benchmark["name"].text())};
    if (!benchmark["mean"].number()) {
        row.status = assay::case_status::failed;
        row.reason =
            benchmark["mean"].non_finite() ? "non-finite" : "the file has no figures of it";
        return row;
    }
    row.metrics.push_back(time_of(benchmark));
    if (const auto rate = benchmark["hz"].number()) {
        row.metrics.push_back(formats::figure_metric("throughput", "ops/s", *rate));
    }
    return row;
}

class Vitest {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode files = document.root()["files"];
        const JsonNode first = files.is(JsonKind::array) ? *files.begin() : JsonNode{};
        const JsonNode groups = first["groups"];
        return first["filepath"] && groups.is(JsonKind::array) ? 92 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        assay::imported_run run;
        run.tool = "vitest";
        out.begin(run);
        for (const JsonNode source : document.root()["files"]) {
            for (const JsonNode group : source["groups"]) {
                for (const JsonNode benchmark : group["benchmarks"]) {
                    if (benchmark.complete() && !benchmark["name"].text().empty()) {
                        out.add(case_of(benchmark, group["fullName"].text()));
                    }
                }
            }
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.vitest",
               "vitest",
               "0.1.0",
               Vitest,
               R"("description":"JSON of vitest bench","license":"Apache-2.0")")
