#include "asv.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/units.hpp"

namespace asv {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;

Definitions read_definitions(JsonNode root) {
    Definitions known;
    for (const JsonNode benchmark : root) { // "version" among them is a number
        if (!benchmark.is(JsonKind::object)) {
            continue;
        }
        Definition made{.unit = std::string(benchmark["unit"].text()),
                        .version = std::string(benchmark["version"].text()),
                        .parameter_names = {}};
        for (const JsonNode name : benchmark["param_names"]) {
            made.parameter_names.emplace_back(name.text());
        }
        known.emplace(benchmark.key(), std::move(made));
    }
    return known;
}

std::string unit_by_name(std::string_view benchmark) {
    const std::string_view name = benchmark.substr(benchmark.rfind('.') + 1);
    if (name.starts_with("time") || name.starts_with("Time")) {
        return "seconds";
    }
    return name.starts_with("mem") || name.starts_with("peakmem") ? "bytes" : "unit";
}

assay::imported_case case_named(std::string_view benchmark) {
    const std::size_t dot = benchmark.rfind('.');
    assay::imported_case made;
    made.suite = benchmark.substr(0, dot == std::string_view::npos ? 0 : dot);
    made.name = benchmark.substr(dot == std::string_view::npos ? 0 : dot + 1);
    return made;
}

assay::imported_metric metric_in_unit(std::string_view unit) {
    const formats::ToolUnit meant = formats::unit_of(unit == "unit" ? "" : unit);
    const bool time = meant.dimension == formats::Dimension::time;
    const bool bytes = meant.dimension == formats::Dimension::bytes;
    return formats::metric_in(time ? "time" : bytes ? "memory" : "value", meant, unit);
}

} // namespace asv
