// {"sums/add[n=64]": {"latency": {"value": 1200, "lower_value": 1190, "upper_value": 1210}}}
//
// https://bencher.dev/docs/reference/bencher-metric-format: benchmarks by name, measures by name or
// slug. Of the measures that Bencher begins with, latency is in nanoseconds.
#include "support/json.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"

#include <algorithm>

namespace assay::tracking {
namespace {

constexpr std::string_view kBmfImporter = "bencher_bmf";
constexpr std::size_t kBmfNameBytesMax = 1024; // Bencher refuses a longer one

struct BmfMeasure {
    std::string slug;
    double factor = 1; // from SI base units
    bool built_in = false;
};

BmfMeasure bmf_measure(const history::Series& series) {
    constexpr double kNanoseconds = 1e9;
    if (series.metric == "time" && series.unit == "s") {
        return {"latency", kNanoseconds, true};
    }
    if (series.metric == "items_rate" && series.unit.ends_with("/s")) {
        return {"throughput", 1, true};
    }
    std::string slug = series.metric;
    std::ranges::replace_if(
        slug, [](char c) { return c == '_' || c == '.'; }, '-');
    return {std::move(slug), 1, slug == "instructions"};
}

json::object bmf_value(const history::Figures& figures, double factor) {
    const auto scaled = [factor](double figure) {
        return json_number(factor == 1 ? figure : scaled_to_come_back(figure, factor));
    };
    json::object value{{"value", scaled(figures.center)}};
    if (figures.lo) {
        value["lower_value"] = scaled(*figures.lo);
    }
    if (figures.hi) {
        value["upper_value"] = scaled(*figures.hi);
    }
    return value;
}

json::object bmf_measures(const ExportedCase& one, LeftOut& left_out) {
    json::object measures;
    for (const history::Point* point : one.points) {
        const BmfMeasure measure = bmf_measure(point->series);
        if (measures.contains(measure.slug)) {
            left_out.add("metrics whose names are the same in it");
            continue;
        }
        measures[measure.slug] = bmf_value(*point->figures, measure.factor);
        const bool plain =
            point->series.unit == "1" && point->series.direction == measure::Direction::none;
        left_out.add("units and directions of measures", measure.built_in || plain ? 0 : 1);
        left_out.add("samples", observations(*point).size());
        left_out.add("spreads of figures", point->figures->spread ? 1 : 0);
    }
    return measures;
}

} // namespace

ExportText bmf_text(const ExportedRun& exported) {
    ExportText made;
    json::object document;
    for (const ExportedCase& one : exported_cases(exported.run)) {
        made.left_out.add("metrics without a figure", one.without_figure);
        if (one.failure != nullptr) {
            made.left_out.add("cases that did not pass");
            continue;
        }
        const std::string name = shown_case(one, kBmfImporter);
        if (name.size() > kBmfNameBytesMax) {
            made.left_out.add("cases whose names are longer than 1024 bytes");
            continue;
        }
        if (json::object measures = bmf_measures(one, made.left_out); !measures.empty()) {
            document[name] = std::move(measures);
        }
    }
    made.empty = document.empty();
    made.text = write_json(document, JsonLayout::indented) + "\n";
    return made;
}

} // namespace assay::tracking
