// Charts of the series that moved most: those rows of the trends that have points.
//
//   part.charts = trend_charts(document["trends"]);
//
// Pure.
#pragma once

#include "words.hpp"

#include <vector>

namespace report_reporter {

[[nodiscard]] std::vector<assay::charts::Chart> trend_charts(Node trends);

} // namespace report_reporter
