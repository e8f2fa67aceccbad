#include "import_formats/metrics.hpp"

namespace assay::import_formats {

assay::imported_metric
metric_in(std::string_view key, const ToolUnit& unit, std::string_view written) {
    assay::imported_metric metric;
    metric.key = std::string(key);
    metric.unit = unit.unit;
    metric.source_unit = std::string(written);
    metric.better = unit.better;
    return metric;
}

assay::imported_metric
sampled_metric(std::string_view key, std::string_view unit, const std::vector<double>& samples) {
    const ToolUnit meant = unit_of(unit);
    assay::imported_metric metric = metric_in(key, meant, unit);
    metric.samples.reserve(samples.size());
    for (const double sample : samples) {
        metric.samples.push_back(meant.to_base(sample));
    }
    return metric;
}

assay::imported_metric figure_metric(std::string_view key, std::string_view unit, double figure) {
    const ToolUnit meant = unit_of(unit);
    assay::imported_metric metric = metric_in(key, meant, unit);
    metric.median = meant.to_base(figure);
    return metric;
}

assay::imported_metric counter_metric(std::string_view key, double figure) {
    return figure_metric(key, {}, figure);
}

} // namespace assay::import_formats
