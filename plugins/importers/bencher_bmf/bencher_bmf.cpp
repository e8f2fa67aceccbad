// The importer "bencher_bmf": Bencher Metric Format.
//
//   {"BENCHMARK": {"MEASURE": {"value": 1.0, "lower_value": 0.9, "upper_value": 1.1}}}
#include "import_formats/json_tree.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

// A measure that Bencher has from the start, or the end of a name that says what is counted.
struct Measure {
    std::string_view ends; // the key or its end
    std::string_view key;  // of the metric; empty: the measure's own
    std::string_view unit;
    assay::direction better = assay::lower;
};

constexpr std::array kMeasures{Measure{"latency", "time", "ns"},
                               Measure{"throughput", "throughput", "ops/s", assay::higher},
                               Measure{"build_time", "", "s"},
                               Measure{"file_size", "", "B"},
                               Measure{"binary_size", "", "B"},
                               Measure{"allocated", "", "B"},
                               Measure{"bytes", "", "B"},
                               Measure{"instructions", "", "instructions"},
                               Measure{"estimated_cycles", "", ""},
                               Measure{"blocks", "", ""},
                               Measure{"misses", "", ""},
                               Measure{"errors", "", ""}};

bool is_measure(JsonNode node) {
    if (!node.is(JsonKind::object) || !node["value"].is(JsonKind::number)) {
        return false;
    }
    for (const JsonNode member : node) {
        if (member.key() != "value" && member.key() != "lower_value" &&
            member.key() != "upper_value") {
            return false;
        }
    }
    return true;
}

assay::imported_metric metric_of(JsonNode measure, std::string& note) {
    const std::string own = formats::key_of(measure.key());
    const auto* const known = std::ranges::find_if(
        kMeasures, [&own](const Measure& one) { return own.ends_with(one.ends); });
    const Measure meant =
        known == kMeasures.end() ? Measure{own, "", "", assay::no_direction} : *known;
    const bool whole_name = own == meant.ends;
    const formats::ToolUnit unit = formats::unit_of(meant.unit);
    assay::imported_metric metric = formats::metric_in(
        meant.key.empty() || !whole_name ? std::string_view(own) : meant.key, unit, meant.unit);
    metric.better = meant.better;
    const double value = formats::number_or_unknown(measure["value"]);
    const double low = formats::number_or_unknown(measure["lower_value"]);
    const double high = formats::number_or_unknown(measure["upper_value"]);
    metric.median = unit.to_base(value);
    if (low > value || high < value) {
        note += (note.empty() ? "" : "; ") + std::string("the bounds of ") +
                std::string(measure.key()) + " do not hold its value";
    } else {
        metric.ci_lo = unit.to_base(low);
        metric.ci_hi = unit.to_base(high);
    }
    return metric;
}

bool is_document(JsonNode root) {
    if (!root.is(JsonKind::object) || root.size() == 0) {
        return false;
    }
    std::size_t measures = 0;
    for (const JsonNode benchmark : root) {
        if (!benchmark.is(JsonKind::object)) {
            return false;
        }
        for (const JsonNode measure : benchmark) {
            if (measure.complete() && !is_measure(measure)) {
                return false;
            }
            measures += measure.complete() ? 1 : 0;
        }
    }
    return measures > 0;
}

bool has_measure(JsonNode root) {
    for (const JsonNode benchmark : root) {
        for (const JsonNode measure : benchmark) {
            if (is_measure(measure)) {
                return true;
            }
        }
    }
    return false;
}

class BencherBmf {
public:
    static constexpr std::string_view extensions = ".json";

    static int probe(const assay::probed_file& file) {
        return is_document(JsonTree::read(file.head).root()) ? 90 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const JsonTree document = JsonTree::read(file.bytes);
        assay::imported_run run;
        run.tool = "Bencher Metric Format";
        if (document.root().size() > 0 && !has_measure(document.root())) {
            document.check(file.bytes);
            throw assay::damaged(
                "no benchmark has a measure with a 'value': this is not of Bencher");
        }
        out.begin(run);
        for (const JsonNode benchmark : document.root()) {
            assay::imported_case row{.suite = {}, .name = std::string(benchmark.key())};
            if (!benchmark.complete() || row.name.empty()) {
                continue;
            }
            for (const JsonNode measure : benchmark) {
                if (is_measure(measure)) {
                    row.metrics.push_back(metric_of(measure, row.note));
                }
            }
            out.add(row);
        }
        document.check(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.bencher_bmf",
               "bencher_bmf",
               "0.1.0",
               BencherBmf,
               R"("description":"Bencher Metric Format","license":"Apache-2.0")")
