// A drawing as SVG: real text, a title and a description for those who do not see it, colours by
// class for light and dark ground and for paper.
//
//   std::string file = svg_text(drawing);                                     // a file of its own
//   page += "<style>" + chart_style() + "</style>";                           // once in a page,
//   page += svg_text(drawing, {.style = false, .ground = false});             // then each chart
//
// No `style=` attribute, no script, no reference to anything: a page with `default-src 'none'`
// shows it. Everything is escaped. Same drawing, same bytes. Pure.
#pragma once

#include "charts/display.hpp"

#include <string>
#include <string_view>

namespace assay::charts {

struct SvgOptions {
    bool style = true;  // with the style sheet; without it the page has it
    bool ground = true; // paints the surface; without it the page shows through
    bool tips = true;   // what is told where one points; fingers do not
};

[[nodiscard]] std::string svg_text(const Drawing& drawing, SvgOptions options = {});

// Clean, and with what XML and HTML would obey written as entities: for texts beside a chart.
[[nodiscard]] std::string xml_text(std::string_view text);

// The rules that the classes need; all of them apply below ".assay-chart" alone.
[[nodiscard]] std::string chart_style();

} // namespace assay::charts
