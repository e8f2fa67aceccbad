// The script and the style of the page as they stand in page/, with uPlot before them where npm
// gave it. Made at configure time (embedded_page.cpp.in).
#pragma once

#include <string_view>

namespace dashboard_reporter {

// Empty without uPlot: then the page is written without interaction, and says so.
[[nodiscard]] std::string_view embedded_script() noexcept;
[[nodiscard]] std::string_view embedded_style() noexcept;

} // namespace dashboard_reporter
