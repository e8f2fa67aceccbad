// The whole page: one file that asks for nothing else. Its policy allows this style and this script
// and nothing more; every text of foreign origin is escaped; without script all of it but the
// search is there.
//
//   out.write(page_html(told));
//
// Pure.
#pragma once

#include "told_dashboard.hpp"

#include <string>

namespace dashboard_reporter {

[[nodiscard]] std::string page_html(const ToldDashboard& told);

} // namespace dashboard_reporter
