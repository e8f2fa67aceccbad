// The alerts of every platform as a table: what moved, between which commits, and what to answer.
//
//   page += alerts_html(told);
//
// Pure.
#pragma once

#include "told_dashboard.hpp"

#include <string>

namespace dashboard_reporter {

[[nodiscard]] std::string alerts_html(const ToldDashboard& told);

} // namespace dashboard_reporter
