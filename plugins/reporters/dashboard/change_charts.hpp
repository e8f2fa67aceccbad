// The newest changes of all series beside each other: shares in points, all else in per cent, and
// in words what is in neither picture.
//
//   page += change_charts_html(told, all);
//
// Pure.
#pragma once

#include "overview.hpp"

#include <string>
#include <vector>

namespace dashboard_reporter {

[[nodiscard]] std::string change_charts_html(const ToldDashboard& told,
                                             const std::vector<PlacedSeries>& all);

} // namespace dashboard_reporter
