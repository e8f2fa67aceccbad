// Figures of a file as metrics in base units.
//
//   row.metrics.push_back(sampled_metric("time", "ns", samples));
//   row.metrics.push_back(counter_metric("items_per_second", 1.2e9));
//
// Pure.
#pragma once

#include "import_formats/units.hpp"

#include <assay/imported.hpp>

#include <string_view>
#include <vector>

namespace assay::import_formats {

// A metric without figures: unit and direction of `unit`, `written` as the file has it.
[[nodiscard]] assay::imported_metric
metric_in(std::string_view key, const ToolUnit& unit, std::string_view written);

// With observations in the order taken, in the file's unit.
[[nodiscard]] assay::imported_metric
sampled_metric(std::string_view key, std::string_view unit, const std::vector<double>& samples);

// With one figure.
[[nodiscard]] assay::imported_metric
figure_metric(std::string_view key, std::string_view unit, double figure);

// A number whose unit nobody told: "1", neither direction.
[[nodiscard]] assay::imported_metric counter_metric(std::string_view key, double figure);

} // namespace assay::import_formats
