// The importer "benchmarkdotnet": what BenchmarkDotNet's JSON exporters write.
//
//   {"Title": ..., "HostEnvironmentInfo": {...}, "Benchmarks": [{"Namespace": null | "...",
//     "Type": ..., "Method": ..., "Parameters": "N=64", "Statistics": null | {"Median": ns, ...},
//     "Memory": {...}, "Measurements": [{"IterationMode": "Workload", "IterationStage": "Result",
//     "LaunchIndex": 1, "Operations": 1024, "Nanoseconds": ...}], "Metrics": [...]}]}
#include "import_formats/json_tree.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <map>
#include <string>
#include <vector>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

// What is measured, without the job that measured it.
std::string identity(JsonNode row) {
    std::string all;
    for (const char* const key : {"Namespace", "Type", "Method", "FullName", "Parameters"}) {
        all.append(row[key].text()).push_back('\n');
    }
    return all;
}

// "Memory.Alloc: ShortRun(LaunchCount=1) [N=64]" ran under "ShortRun(LaunchCount=1)".
std::string job_of(JsonNode row) {
    const std::string_view display = row["DisplayInfo"].text();
    const std::size_t colon = display.find(": ");
    if (colon == std::string_view::npos) {
        return {};
    }
    const std::string_view job = display.substr(colon + 2);
    return std::string(job.substr(0, job.rfind(" [")));
}

void take_name(JsonNode row, assay::imported_case& into) {
    const std::string_view space = row["Namespace"].text(), type = row["Type"].text();
    into.suite =
        std::string(space) + (space.empty() || type.empty() ? "" : ".") + std::string(type);
    const std::string_view method = row["Method"].text();
    into.name = method.empty() ? row["FullName"].text() : method;
    const std::string_view written = row["Parameters"].text();
    for (std::size_t at = 0; at < written.size();) {
        const std::size_t end = std::min(written.find('&', at), written.size());
        const std::string_view part = written.substr(at, end - at);
        const std::size_t equals = part.find('=');
        const bool named = equals != std::string_view::npos && equals > 0;
        into.parameters.emplace_back(named ? std::string(part.substr(0, equals)) : "parameters",
                                     std::string(named ? part.substr(equals + 1) : part));
        at = end + 1;
    }
}

// Nanoseconds of an operation by launch; nothing where the report is brief.
void take_measurements(JsonNode measurements, assay::imported_metric& time) {
    const formats::ToolUnit unit = formats::unit_of("ns");
    std::int64_t launch = 0;
    for (const JsonNode one : measurements) {
        const auto operations = one["Operations"].number();
        const auto nanoseconds = one["Nanoseconds"].number();
        const bool result =
            one["IterationMode"].text() == "Workload" && one["IterationStage"].text() == "Result";
        if (!result || !operations || !nanoseconds || *operations <= 0) {
            continue;
        }
        const std::int64_t index = one["LaunchIndex"].integer().value_or(1);
        if (time.launches.empty() || index != launch) {
            time.launches.push_back(0);
            launch = index;
        }
        ++time.launches.back();
        time.samples.push_back(unit.to_base(*nanoseconds / *operations));
    }
}

assay::imported_metric time_of(JsonNode row) {
    const JsonNode statistics = row["Statistics"];
    const formats::ToolUnit unit = formats::unit_of("ns");
    std::vector<double> values;
    if (!formats::read_numbers(statistics["OriginalValues"], values)) {
        values.clear();
    }
    assay::imported_metric measured = formats::metric_in("time", unit, "ns");
    take_measurements(row["Measurements"], measured);
    assay::imported_metric time =
        measured.samples.empty() ? formats::sampled_metric("time", "ns", values) : measured;
    const auto figure = [&unit](JsonNode node) {
        return unit.to_base(formats::number_or_unknown(node));
    };
    time.mean = figure(statistics["Mean"]);
    time.median = figure(statistics["Median"]);
    time.stddev = figure(statistics["StandardDeviation"]);
    time.min = figure(statistics["Min"]);
    time.max = figure(statistics["Max"]);
    time.p25 = figure(statistics["Q1"]);
    time.p75 = figure(statistics["Q3"]);
    time.p95 = figure(statistics["Percentiles"]["P95"]);
    const JsonNode interval = statistics["ConfidenceInterval"];
    time.ci_lo = figure(interval["Lower"]);
    time.ci_hi = figure(interval["Upper"]);
    if (interval["N"] && interval["Level"].integer() == 12) { // L999 of the enumeration since 0.10
        time.ci_level = 0.999;
    }
    time.n = formats::count_of(statistics["N"]);
    return time;
}

void add_memory(JsonNode row, assay::imported_case& into) {
    bool allocated = false;
    for (const JsonNode metric : row["Metrics"]) {
        const JsonNode descriptor = metric["Descriptor"];
        const auto value = metric["Value"].number();
        if (!value || descriptor["Id"].text().empty()) {
            continue;
        }
        const bool memory = descriptor["Id"].text() == "Allocated Memory";
        allocated = allocated || memory;
        const std::string key = memory ? "allocated" : formats::key_of(descriptor["Id"].text());
        const std::string_view unit = descriptor["Unit"].text();
        into.metrics.push_back(formats::figure_metric(key, unit == "Count" ? "" : unit, *value));
        const auto greater = descriptor["TheGreaterTheBetter"].boolean();
        if (greater) {
            into.metrics.back().better = *greater ? assay::higher : assay::lower;
        }
    }
    const auto bytes = row["Memory"]["BytesAllocatedPerOperation"].number();
    if (bytes && !allocated) {
        into.metrics.push_back(formats::figure_metric("allocated", "B", *bytes));
    }
}

assay::imported_run run_of(JsonNode root) {
    const JsonNode host = root["HostEnvironmentInfo"];
    assay::imported_run run;
    run.tool = "BenchmarkDotNet";
    if (const JsonNode version = host["BenchmarkDotNetVersion"]) {
        run.tool += " " + std::string(version.text());
    }
    const JsonNode processor = host["ProcessorName"]; // an object in 0.9
    const JsonNode name = processor.is(JsonKind::object) ? processor["Value"] : processor;
    run.machine = name.text();
    formats::add_fact(run.hardware, "processor", name);
    for (const char* const key : {"PhysicalProcessorCount",
                                  "PhysicalCoreCount",
                                  "LogicalCoreCount",
                                  "ProcessorCount",
                                  "Architecture"}) {
        formats::add_fact(run.hardware, key, host[key]);
    }
    for (const char* const key : {"OsVersion",
                                  "RuntimeVersion",
                                  "ClrVersion",
                                  "Configuration",
                                  "DotNetCliVersion",
                                  "HasAttachedDebugger"}) {
        formats::add_fact(run.environment, key, host[key]);
    }
    formats::add_fact(run.environment, "Title", root["Title"]);
    return run;
}

assay::imported_case case_of(JsonNode row, bool several_jobs) {
    assay::imported_case made;
    take_name(row, made);
    if (several_jobs) {
        made.parameters.emplace_back("job", job_of(row));
    }
    const JsonNode statistics = row["Statistics"];
    if (!statistics.is(JsonKind::object)) {
        made.status = assay::case_status::failed;
        made.reason = "the report has no statistics: the benchmark did not run to its end";
        return made;
    }
    made.metrics.push_back(time_of(row));
    add_memory(row, made);
    return made;
}

class BenchmarkDotNet {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode root = document.root();
        const JsonNode rows = root["Benchmarks"];
        const JsonNode first = rows.is(JsonKind::array) ? *rows.begin() : JsonNode{};
        const bool row = first["Method"] || first["FullName"] || first["DisplayInfo"];
        return root["HostEnvironmentInfo"].is(JsonKind::object) && (row || !file.is_whole()) ? 95
               : row && first["Statistics"]                                                  ? 70
                                                                                             : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        const JsonNode rows = document.root()["Benchmarks"];
        if (!rows) {
            document.check(file.bytes);
            throw assay::damaged("there is no member 'Benchmarks'");
        }
        std::map<std::string, int> jobs;
        for (const JsonNode row : rows) {
            ++jobs[identity(row)];
        }
        out.begin(run_of(document.root()));
        for (const JsonNode row : rows) {
            if (row.complete() && (row["Method"] || row["FullName"])) {
                out.add(case_of(row, jobs[identity(row)] > 1));
            }
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.benchmarkdotnet",
               "benchmarkdotnet",
               "0.1.0",
               BenchmarkDotNet,
               R"("description":"JSON reports of BenchmarkDotNet","license":"Apache-2.0")")
