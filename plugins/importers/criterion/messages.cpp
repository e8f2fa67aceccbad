// cargo criterion --message-format=json: one object a line, of which "benchmark-complete" counts.
#include "criterion.hpp"
#include "import_formats/json_stream.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"

#include <optional>
#include <string>

namespace criterion {
namespace {

namespace formats = assay::import_formats;
using formats::JsonNode;
using formats::JsonTree;

bool is_message(JsonNode root) {
    const std::string_view reason = root["reason"].text();
    return (reason == "benchmark-complete" && root["measured_values"]) ||
           (reason == "group-complete" && root["benchmarks"]);
}

assay::imported_case case_of(JsonNode message) {
    assay::imported_case row{.suite = {}, .name = std::string(message["id"].text())};
    std::vector<double> counts, totals;
    const bool sampled = formats::read_numbers(message["iteration_count"], counts) &&
                         formats::read_numbers(message["measured_values"], totals) &&
                         counts.size() == totals.size();
    if (!sampled) {
        totals.clear();
    }
    for (std::size_t i = 0; i < totals.size(); ++i) {
        totals[i] /= counts[i];
    }
    const std::string_view written = message["unit"].text();
    const formats::ToolUnit unit = formats::unit_of(written);
    const bool timed = unit.dimension == formats::Dimension::time;
    assay::imported_metric metric =
        formats::sampled_metric(timed ? "time" : "value", written, totals);
    const auto figure = [&](const char* name, const char* part) {
        return unit.to_base(formats::number_or_unknown(message[name][part]));
    };
    metric.median = figure("median", "estimate");
    metric.mean = figure("mean", "estimate");
    metric.ci_lo = figure("median", "lower_bound");
    metric.ci_hi = figure("median", "upper_bound");
    const std::vector<double> samples = metric.samples;
    row.metrics.push_back(std::move(metric));
    for (const JsonNode throughput : message["throughput"]) {
        if (const auto number = throughput["per_iteration"].number(); number && timed) {
            add_rate(throughput["unit"].text(), *number, samples, row);
        }
    }
    return row;
}

} // namespace

int probe_messages(const assay::probed_file& file) {
    formats::JsonStream stream(file.head);
    while (const std::optional<JsonTree> object = stream.next()) {
        if (is_message(object->root())) {
            return 95;
        }
    }
    return 0;
}

void parse_messages(std::string_view bytes, assay::import_output& out) {
    std::string damage;
    formats::JsonStream stream(bytes, [&](const JsonTree& broken) {
        if (broken.root()["reason"]) {
            damage = assay::place_in(bytes, broken.end()) + ": " + broken.damage();
        }
    });
    assay::imported_run run;
    run.tool = "cargo-criterion";
    out.begin(run);
    while (const std::optional<JsonTree> object = stream.next()) {
        const JsonNode root = object->root();
        if (is_message(root) && !root["id"].text().empty()) {
            out.add(case_of(root));
        }
    }
    if (!damage.empty()) {
        throw assay::damaged(damage);
    }
}

} // namespace criterion
