// A chart in a page, drawn for wide and for narrow windows: a picture that is shrunk to a telephone
// has letters that nobody reads.
//
//   page += "<style>" + chart_style() + page_layout::page_chart_style() + "</style>";   // once
//   page += "<figure>" + page_layout::page_chart(chart, {720, chart.size.height}) + "</figure>";
//
// The style shows one of the two. Pure.
#pragma once

#include "charts/chart.hpp"

#include <cstddef>
#include <string>

namespace page_layout {

// In a narrow window title and subtitle are texts of the page, which wraps them, and names stand
// above their rows.
[[nodiscard]] std::string page_chart(const assay::charts::Chart& chart, assay::charts::Size wide);

// The same as a table, folded; further rows than that are counted.
[[nodiscard]] std::string chart_figures(const assay::charts::Chart& chart, std::size_t rows_max);

[[nodiscard]] std::string page_chart_style();

} // namespace page_layout
