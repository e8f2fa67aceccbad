// The page that shows the charts of a run: one file, readable without network and without script.
//
//   out.write(page_begin("router"));
//   out.write(page_figure(chart, {720, chart.size.height}, {"times.svg", "times.png"}));
//   out.write(page_end());
//
// Pure.
#pragma once

#include "charts/chart.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace charts_reporter {

[[nodiscard]] std::string page_begin(std::string_view title);

// The chart itself, its figures as a table that can be opened, and links to the files that it also
// stands in.
[[nodiscard]] std::string page_figure(const assay::charts::Chart& chart,
                                      assay::charts::Size size,
                                      const std::vector<std::string>& files);

[[nodiscard]] std::string page_text(std::string_view text);

[[nodiscard]] std::string page_end();

} // namespace charts_reporter
