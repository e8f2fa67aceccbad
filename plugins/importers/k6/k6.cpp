// The importer "k6": the summary of a load test, in both of its layouts.
//
//   {"metrics": {"http_req_duration": {"avg": 120.1, "med": 110, "p(95)": 200, ...}}, ...}
//   {"metrics": {"http_req_duration": {"type": "trend", "contains": "time", "values": {...},
//                                      "thresholds": {"p(95)<200": {"ok": false}}}}, ...}
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

enum class Kind { trend, counter, rate, gauge, unknown };

// One metric of either layout.
struct Measured {
    std::string_view name; // without what stands in braces
    JsonNode values;
    Kind kind = Kind::unknown;
    std::string_view unit;
};

Kind kind_of(JsonNode metric, JsonNode values) {
    const std::string_view type = metric["type"].text();
    if (type == "trend" || (type.empty() && values["avg"])) {
        return Kind::trend;
    }
    if (type == "counter" || (type.empty() && values["count"])) {
        return Kind::counter;
    }
    if (type == "rate" || (type.empty() && values["passes"])) {
        return Kind::rate;
    }
    return type == "gauge" || values["value"] ? Kind::gauge : Kind::unknown;
}

bool is_duration(std::string_view name) {
    return name.starts_with("http_req_") || name.ends_with("_duration") ||
           name.starts_with("ws_") || name.starts_with("grpc_req");
}

Measured measured(JsonNode metric) {
    const JsonNode inner = metric["values"];
    Measured made{.name = metric.key().substr(0, metric.key().find('{')),
                  .values = inner.is(JsonKind::object) ? inner : metric,
                  .unit = {}};
    made.kind = kind_of(metric, made.values);
    const std::string_view contains = metric["contains"].text();
    const bool time = contains == "time" ||
                      (contains.empty() && made.kind == Kind::trend && is_duration(made.name));
    const bool data =
        contains == "data" || made.name == "data_sent" || made.name == "data_received";
    made.unit = time ? "ms" : data ? "B" : "";
    return made;
}

// "{scenario:default,method:GET}"
void take_tags(std::string_view key, assay::imported_case& row) {
    const std::size_t open = key.find('{');
    if (open == std::string_view::npos || !key.ends_with('}')) {
        return;
    }
    const std::string_view tags = key.substr(open + 1, key.size() - open - 2);
    for (std::size_t at = 0; at < tags.size();) {
        const std::size_t end = std::min(tags.find(',', at), tags.size());
        const std::string_view tag = tags.substr(at, end - at);
        const std::size_t colon = tag.find(':');
        if (colon != std::string_view::npos && colon > 0) {
            row.parameters.emplace_back(std::string(tag.substr(0, colon)),
                                        std::string(tag.substr(colon + 1)));
        }
        at = end + 1;
    }
}

void add_trend(const Measured& source, assay::imported_case& row) {
    const formats::ToolUnit unit = formats::unit_of(source.unit);
    const auto figure = [&](const char* key) {
        return unit.to_base(formats::number_or_unknown(source.values[key]));
    };
    const bool time = unit.dimension == formats::Dimension::time;
    assay::imported_metric metric = formats::metric_in(time ? "time" : "value", unit, source.unit);
    metric.mean = figure("avg");
    metric.median = figure("med");
    metric.min = figure("min");
    metric.max = figure("max");
    metric.p95 = figure("p(95)");
    metric.p99 = figure("p(99)");
    metric.n = formats::count_of(source.values["count"]);
    row.metrics.push_back(std::move(metric));
    if (const auto p90 = source.values["p(90)"].number()) {
        row.metrics.push_back(formats::figure_metric("p90", source.unit, *p90));
    }
}

void add_counter(const Measured& source, assay::imported_case& row) {
    const bool work = source.name == "http_reqs" || source.name == "iterations";
    if (const auto count = source.values["count"].number()) {
        row.metrics.push_back(formats::figure_metric("count", source.unit, *count));
        row.metrics.back().better = assay::no_direction;
    }
    if (const auto rate = source.values["rate"].number()) {
        const std::string unit = source.unit == "B" ? "B/s" : "ops/s";
        row.metrics.push_back(formats::figure_metric("rate", unit, *rate));
        row.metrics.back().better = work ? assay::higher : assay::no_direction;
    }
}

void add_share(const Measured& source, assay::imported_case& row) {
    const JsonNode share = source.values["rate"] ? source.values["rate"] : source.values["value"];
    if (const auto rate = share.number()) {
        row.metrics.push_back(formats::figure_metric("rate", {}, *rate));
        row.metrics.back().better = source.name == "checks"            ? assay::higher
                                    : source.name == "http_req_failed" ? assay::lower
                                                                       : assay::no_direction;
    }
}

void add_gauge(const Measured& source, assay::imported_case& row) {
    if (const auto value = source.values["value"].number()) {
        row.metrics.push_back(formats::figure_metric("value", source.unit, *value));
        row.metrics.back().better = assay::no_direction;
    }
}

// In the older layout `true` says that it was crossed, in the newer `ok` that it was not.
std::string crossed(JsonNode thresholds) {
    std::string note;
    for (const JsonNode threshold : thresholds) {
        const bool failed = threshold.is(JsonKind::object)
                                ? !threshold["ok"].boolean().value_or(true)
                                : threshold.boolean().value_or(false);
        if (failed) {
            note += (note.empty() ? "crossed: " : ", ") + std::string(threshold.key());
        }
    }
    return note;
}

assay::imported_case case_of(JsonNode metric) {
    const Measured source = measured(metric);
    assay::imported_case row{.suite = {}, .name = std::string(source.name)};
    take_tags(metric.key(), row);
    row.note = crossed(metric["thresholds"]);
    switch (source.kind) {
    case Kind::trend:
        add_trend(source, row);
        break;
    case Kind::counter:
        add_counter(source, row);
        break;
    case Kind::rate:
        add_share(source, row);
        break;
    case Kind::gauge:
        add_gauge(source, row);
        break;
    case Kind::unknown:
        break;
    }
    if (row.metrics.empty()) {
        row.status = assay::case_status::unavailable;
        row.reason = "the summary has no figure of it";
    }
    return row;
}

class K6 {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        const JsonTree document = JsonTree::read(file.head);
        const JsonNode metrics = document.root()["metrics"];
        if (!metrics.is(JsonKind::object)) {
            return 0;
        }
        const bool known = metrics["iterations"] || metrics["http_req_duration"] ||
                           metrics["iteration_duration"] || metrics["vus"];
        return known ? (document.root()["root_group"] ? 95 : 85) : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        assay::imported_run run;
        run.tool = "k6";
        out.begin(run);
        for (const JsonNode metric : document.root()["metrics"]) {
            if (metric.complete() && metric.is(JsonKind::object) && metric.key().find('{') != 0 &&
                !metric.key().empty()) {
                out.add(case_of(metric));
            }
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.k6",
               "k6",
               "0.1.0",
               K6,
               R"("description":"summaries of k6 load tests","license":"Apache-2.0")")
