// Trends of the series that matter most as pictures, for a page that is read without script.
//
//   page += plain_trends_html(by_gravity(told));
//
// Pure.
#pragma once

#include "overview.hpp"

#include <string>
#include <vector>

namespace dashboard_reporter {

[[nodiscard]] std::string plain_trends_html(const std::vector<PlacedSeries>& all);

} // namespace dashboard_reporter
