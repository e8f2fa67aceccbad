// What the page's script works with: every series with its runs, in few bytes, as JSON that stands
// in HTML as it is.
//
//   page += "<script type=\"application/json\" id=\"data\">" + page_data(told) + "</script>";
//
// The script's side is page/points.js. Pure.
#pragma once

#include "told_dashboard.hpp"

#include <string>
#include <string_view>

namespace dashboard_reporter {

[[nodiscard]] std::string page_data(const ToldDashboard& told);

// A JSON string in which nothing is left that HTML would obey: '<', '>', '&' and the two line ends
// of JavaScript are escaped, and what is no text is shown as U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

} // namespace dashboard_reporter
