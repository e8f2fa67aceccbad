// How quiet every machine was, when it moved as a whole, and how small a change each series shows.
//
//   page += noise_html(told, by_gravity(told));
//
// Pure.
#pragma once

#include "overview.hpp"

#include <string>
#include <vector>

namespace dashboard_reporter {

[[nodiscard]] std::string noise_html(const ToldDashboard& told,
                                     const std::vector<PlacedSeries>& all);

} // namespace dashboard_reporter
