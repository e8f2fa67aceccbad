// The importer "pytest_benchmark": what `pytest --benchmark-json FILE` and --benchmark-save write.
//
//   {"machine_info": {...}, "commit_info": {"id": ..., "time": ..., "dirty": ..., "branch": ...},
//    "benchmarks": [{"name": ..., "fullname": "file.py::test", "params": {...} | null,
//                    "stats": {"min": ..., "median": ..., "data": [...], "rounds": ...}}],
//    "datetime": ..., "version": ...}
//
// All times are seconds.
#include "import_formats/instants.hpp"
#include "import_formats/json_tree.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

assay::imported_value value_of(JsonNode node) {
    if (const auto whole = node.integer()) {
        return *whole;
    }
    if (const auto number = node.number()) {
        return *number;
    }
    if (const auto truth = node.boolean()) {
        return *truth;
    }
    return std::string(node.is(JsonKind::string) ? node.text() : node.source());
}

// Parameters stand in the name as well, as pytest writes them: "test_sort[64-fast]".
void take_name(JsonNode row, assay::imported_case& into) {
    const std::string_view full = row["fullname"].text();
    if (const std::size_t test = full.find("::"); test != std::string_view::npos) {
        into.suite = full.substr(0, test);
    }
    std::string_view name = row["name"].text();
    const std::size_t bracket = name.find('[');
    const bool written = bracket != std::string_view::npos && name.ends_with(']');
    const std::string_view inside =
        written ? name.substr(bracket + 1, name.size() - bracket - 2) : std::string_view{};
    into.name = written ? name.substr(0, bracket) : name;
    for (const JsonNode parameter : row["params"]) {
        into.parameters.emplace_back(std::string(parameter.key()), value_of(parameter));
    }
    if (into.parameters.empty() && written) {
        into.parameters.emplace_back("param", std::string(inside));
    }
}

void add_time(JsonNode stats, assay::imported_case& into) {
    std::vector<double> data;
    // "..." among the data: somebody cut it, and what is left is no sample of the whole.
    const bool whole = formats::read_numbers(stats["data"], data);
    assay::imported_metric time =
        formats::sampled_metric("time", "s", whole ? data : std::vector<double>{});
    const auto take = [&stats](const char* key, double& figure) {
        figure = stats[key].number().value_or(assay::imported_metric::unknown);
    };
    take("median", time.median);
    take("mean", time.mean);
    take("stddev", time.stddev);
    take("min", time.min);
    take("max", time.max);
    take("q1", time.p25);
    take("q3", time.p75);
    const auto count = [&stats](const char* key) {
        const std::int64_t number = stats[key].integer().value_or(0);
        return number > 0 ? static_cast<std::uint64_t>(number) : 0U;
    };
    time.n = count("rounds");
    time.iterations = count("iterations");
    into.metrics.push_back(std::move(time));
}

void add_extra(JsonNode extra, assay::imported_case& into) {
    for (const JsonNode member : extra) {
        if (const auto number = member.number()) {
            into.metrics.push_back(
                formats::counter_metric("extra." + formats::key_of(member.key()), *number));
        }
    }
}

assay::imported_run run_of(JsonNode root) {
    assay::imported_run run;
    const JsonNode commit = root["commit_info"], machine = root["machine_info"];
    run.tool = "pytest-benchmark " + std::string(root["version"].text());
    run.commit = commit["id"].text() == "unversioned" ? std::string_view{} : commit["id"].text();
    run.branch =
        commit["branch"].text() == "(detached head)" ? std::string_view{} : commit["branch"].text();
    run.dirty = commit["dirty"].boolean();
    run.commit_time = formats::read_instant(commit["time"].text());
    run.date = formats::read_instant(root["datetime"].text());
    const JsonNode processor = machine["cpu"];
    const std::string_view brand =
        processor["brand_raw"] ? processor["brand_raw"].text() : processor["brand"].text();
    run.machine = brand.empty() ? std::string(machine["system"].text()) + " " +
                                      std::string(machine["machine"].text())
                                : std::string(brand);
    if (!brand.empty()) {
        run.hardware.emplace_back("cpu", std::string(brand));
    }
    if (const auto count = processor["count"].integer()) {
        run.hardware.emplace_back("count", *count);
    }
    for (const char* const key : {"machine", "system"}) { // never the clock rate of today
        if (const JsonNode fact = machine[key]) {
            run.hardware.emplace_back(key, std::string(fact.text()));
        }
    }
    for (const char* const key :
         {"node", "release", "python_implementation", "python_version", "python_compiler"}) {
        if (const JsonNode fact = machine[key]) {
            run.environment.emplace_back(key, std::string(fact.text()));
        }
    }
    return run;
}

bool has_stats(JsonNode rows) {
    for (const JsonNode row : rows) {
        if (row["stats"].is(JsonKind::object)) {
            return true;
        }
    }
    return false;
}

class PytestBenchmark {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode rows = document.root()["benchmarks"];
        const JsonNode first = rows.is(JsonKind::array) ? *rows.begin() : JsonNode{};
        const bool row = first["stats"].is(JsonKind::object) && first["fullname"];
        const bool python =
            document.root()["machine_info"]["python_version"] && document.root()["commit_info"];
        return row && python ? 98 : row || python ? 85 : 0;
    }

    void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        const JsonNode rows = document.root()["benchmarks"];
        if (!rows) {
            document.check(file.bytes);
            throw assay::damaged("there is no member 'benchmarks'");
        }
        if (rows.size() > 0 && !has_stats(rows)) {
            document.check(file.bytes);
            throw assay::damaged("no benchmark has 'stats': this is not of pytest-benchmark");
        }
        out.begin(run_of(document.root()));
        for (const JsonNode row : rows) {
            if (!row.complete() || row["name"].text().empty()) {
                continue;
            }
            assay::imported_case made;
            take_name(row, made);
            add_time(row["stats"], made);
            add_extra(row["extra_info"], made);
            out.add(made);
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.pytest_benchmark",
               "pytest_benchmark",
               "0.1.0",
               PytestBenchmark,
               R"("description":"JSON of pytest-benchmark","license":"Apache-2.0")")
