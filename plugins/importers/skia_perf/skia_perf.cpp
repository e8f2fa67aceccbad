// The importer "skia_perf": files for the ingestion of Skia's Perf.
//
//   {"version": 1, "git_hash": "...", "key": {"arch": "x86"}, "results": [
//     {"key": {"test": "draw", "units": "ms"}, "measurement": 1.5},
//     {"key": {"test": "fill"}, "measurements": {"stat": [{"value": "min", "measurement": 1.2}]}}]}
#include "import_formats/json_tree.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

bool is_about_figures(std::string_view key) {
    return key == "test" || key == "units" || key == "unit" || key == "improvement_direction";
}

assay::imported_metric metric_of(JsonNode key, std::string_view name, JsonNode measurement) {
    const std::string_view written = key["units"] ? key["units"].text() : key["unit"].text();
    const formats::ToolUnit unit = formats::unit_of(written);
    const bool time = unit.dimension == formats::Dimension::time;
    const bool bytes = unit.dimension == formats::Dimension::bytes;
    const std::string own = name.empty() ? (time    ? "time"
                                            : bytes ? "memory"
                                                    : "value")
                                         : formats::key_of(name);
    assay::imported_metric metric = formats::metric_in(own, unit, written);
    const std::string_view way = key["improvement_direction"].text();
    metric.better = way == "up" ? assay::higher : way == "down" ? assay::lower : metric.better;
    metric.samples = {unit.to_base(formats::number_or_unknown(measurement))};
    return metric;
}

void name_case(JsonNode file_key, JsonNode key, assay::imported_case& row) {
    row.name = key["test"].text();
    for (const JsonNode keys : {file_key, key}) {
        for (const JsonNode one : keys) {
            if (is_about_figures(one.key())) {
                continue;
            }
            row.parameters.emplace_back(std::string(one.key()), formats::value_of(one));
            if (key["test"].text().empty() && keys == key) {
                row.name += (row.name.empty() ? "" : ",") + std::string(one.key()) + "=" +
                            std::string(one.text());
            }
        }
    }
    if (row.name.empty()) {
        row.name = "result";
    }
}

assay::imported_case case_of(JsonNode file_key, JsonNode result) {
    assay::imported_case row;
    const JsonNode key = result["key"];
    name_case(file_key, key, row);
    if (const JsonNode single = result["measurement"]) {
        row.metrics.push_back(metric_of(key, {}, single));
    }
    const JsonNode groups = result["measurements"];
    for (const JsonNode group : groups) {
        for (const JsonNode one : group) {
            const std::string_view value = one["value"].text();
            const std::string name = groups.size() > 1
                                         ? std::string(group.key()) + "." + std::string(value)
                                         : std::string(value);
            row.metrics.push_back(metric_of(key, name, one["measurement"]));
        }
    }
    return row;
}

class SkiaPerf {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode root = document.root();
        const JsonNode results = root["results"];
        const JsonNode first = results.is(JsonKind::array) ? *results.begin() : JsonNode{};
        const bool result =
            first["key"].is(JsonKind::object) && (first["measurement"] || first["measurements"]);
        return root["git_hash"].is(JsonKind::string) && (result || root["version"]) && results ? 95
               : result                                                                        ? 70
                                                                                               : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        const JsonNode root = document.root();
        assay::imported_run run;
        run.tool = "Skia Perf";
        run.commit = root["git_hash"].text();
        for (const JsonNode link : root["links"]) {
            formats::add_fact(run.environment, link.key(), link);
        }
        out.begin(run);
        for (const JsonNode result : root["results"]) {
            if (result.complete() && result.is(JsonKind::object)) {
                out.add(case_of(root["key"], result));
            }
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.skia_perf",
               "skia_perf",
               "0.1.0",
               SkiaPerf,
               R"("description":"ingestion files of Skia's Perf","license":"Apache-2.0")")
