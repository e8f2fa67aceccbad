// The importer "jmh": what `java -jar benchmarks.jar -rf json` writes.
//
//   [{"jmhVersion": "1.36", "benchmark": "org.example.Sort.quick", "mode": "thrpt", "threads": 1,
//     "params": {"n": "64"}, "primaryMetric": {"score": ..., "scoreUnit": "ops/s",
//     "rawData": [[...], ...]}, "secondaryMetrics": {"gc.alloc.rate": {...}}}]
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

// Samples of all forks; false: one of them is no number.
bool read_forks(JsonNode raw, assay::imported_metric& metric, const formats::ToolUnit& unit) {
    for (const JsonNode fork : raw) {
        std::vector<double> iterations;
        if (!formats::read_numbers(fork, iterations)) {
            return false;
        }
        for (const double value : iterations) {
            metric.samples.push_back(unit.to_base(value));
        }
        if (!iterations.empty()) {
            metric.launches.push_back(iterations.size());
        }
    }
    return true;
}

// Observations of [[value, count], ...] in all forks and iterations.
std::uint64_t observations(JsonNode histograms) {
    std::uint64_t all = 0;
    for (const JsonNode fork : histograms) {
        for (const JsonNode iteration : fork) {
            for (const JsonNode bucket : iteration) {
                all += bucket.size() == 2 ? formats::count_of(*++bucket.begin()) : 0;
            }
        }
    }
    return all;
}

void take_figures(JsonNode source, const formats::ToolUnit& unit, assay::imported_metric& metric) {
    const auto figure = [&unit](JsonNode node) {
        return unit.to_base(formats::number_or_unknown(node));
    };
    metric.mean = figure(source["score"]);
    if (const JsonNode bounds = source["scoreConfidence"]; bounds.size() == 2) {
        metric.ci_lo = figure(*bounds.begin()); // "NaN" of one iteration: unknown
        metric.ci_hi = figure(*++bounds.begin());
        metric.ci_level = 0.999;
    }
    const JsonNode percentiles = source["scorePercentiles"];
    metric.min = figure(percentiles["0.0"]);
    metric.median = figure(percentiles["50.0"]);
    metric.p95 = figure(percentiles["95.0"]);
    metric.p99 = figure(percentiles["99.0"]);
    metric.max = figure(percentiles["100.0"]);
}

assay::imported_metric metric_of(JsonNode source, std::string_view key, std::string_view mode) {
    const std::string_view written = source["scoreUnit"].text();
    const formats::ToolUnit unit = formats::unit_of(written);
    const bool primary = key.empty();
    const std::string_view primary_key = unit.dimension == formats::Dimension::time ? "time"
                                         : unit.dimension == formats::Dimension::operation_rate
                                             ? "throughput"
                                             : "value";
    assay::imported_metric metric = formats::metric_in(primary ? primary_key : key, unit, written);
    if (primary && metric.better == assay::no_direction) {
        metric.better = mode == "thrpt" ? assay::higher : assay::lower;
    }
    if (!primary && metric.better == assay::higher) {
        metric.better = assay::no_direction;
    }
    take_figures(source, unit, metric);
    if (const JsonNode histograms = source["rawDataHistogram"]) {
        metric.n = observations(histograms);
    } else if (!read_forks(source["rawData"], metric, unit)) {
        metric.samples = {assay::imported_metric::unknown}; // the host fails the case for it
        metric.launches.clear();
    }
    return metric;
}

// ".gc.alloc.rate" with the profilers' middle dot in front.
std::string_view secondary_name(std::string_view name) {
    constexpr std::string_view kDot = "\u00B7";
    const std::size_t dot = name.find(kDot);
    return dot == std::string_view::npos ? name : name.substr(dot + kDot.size());
}

assay::imported_case case_of(JsonNode row) {
    assay::imported_case made;
    const std::string_view benchmark = row["benchmark"].text();
    const std::size_t method = benchmark.rfind('.');
    made.suite = benchmark.substr(0, method == std::string_view::npos ? 0 : method);
    made.name = benchmark.substr(method == std::string_view::npos ? 0 : method + 1);
    for (const JsonNode parameter : row["params"]) {
        made.parameters.emplace_back(std::string(parameter.key()), formats::value_of(parameter));
    }
    const std::string_view mode = row["mode"].text();
    if (!mode.empty()) {
        made.parameters.emplace_back("mode", std::string(mode));
    }
    if (const auto threads = row["threads"].integer(); threads && *threads != 1) {
        made.parameters.emplace_back("threads", *threads);
    }
    const JsonNode primary = row["primaryMetric"];
    if (!primary["score"].number()) {
        made.status = assay::case_status::failed;
        made.reason = primary["score"] ? "non-finite" : "it has no score";
        return made;
    }
    made.metrics.push_back(metric_of(primary, {}, mode));
    for (const JsonNode secondary : row["secondaryMetrics"]) {
        if (secondary["score"].number()) {
            made.metrics.push_back(
                metric_of(secondary, formats::key_of(secondary_name(secondary.key())), mode));
        }
    }
    return made;
}

bool is_result(JsonNode row) {
    return row["benchmark"].is(JsonKind::string) && row["mode"].is(JsonKind::string) &&
           (row["primaryMetric"].is(JsonKind::object) || row["jmhVersion"]);
}

assay::imported_run run_of(JsonNode row) {
    assay::imported_run run;
    run.tool = "JMH";
    if (const JsonNode version = row["jmhVersion"]) {
        run.tool += " " + std::string(version.text());
    }
    for (const char* const key : {"jdkVersion", "vmName", "vmVersion", "jvm"}) {
        formats::add_fact(run.environment, key, row[key]);
    }
    std::string arguments;
    for (const JsonNode argument : row["jvmArgs"]) {
        arguments += (arguments.empty() ? "" : " ") + std::string(argument.text());
    }
    if (!arguments.empty()) {
        run.environment.emplace_back("jvmArgs", arguments);
    }
    return run;
}

class Jmh {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode root = document.root();
        return root.is(JsonKind::array) && is_result(*root.begin()) ? 95 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        bool begun = false;
        for (const JsonNode row : document.root()) {
            if (!row.complete() || row["benchmark"].text().empty()) {
                continue;
            }
            if (!begun) {
                begun = true;
                out.begin(run_of(row));
            }
            out.add(case_of(row));
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.jmh",
               "jmh",
               "0.1.0",
               Jmh,
               R"("description":"JSON of the Java Microbenchmark Harness","license":"Apache-2.0")")
