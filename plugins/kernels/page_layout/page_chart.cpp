#include "page_layout/page_chart.hpp"

#include "charts/layout.hpp"
#include "charts/names_above.hpp"
#include "charts/svg.hpp"
#include "charts/table.hpp"

#include <string_view>

namespace page_layout {
namespace {

using namespace assay::charts;

// What a window of 360 pixels leaves between the edges of a page and of a panel; shown larger in
// wider ones.
constexpr double kNarrowWidth = 320;

constexpr SvgOptions kInset{.style = false, .ground = false};

std::string narrow(Chart chart) {
    std::string words;
    for (const auto& [text, kind] : {std::pair(&chart.title, "b"), {&chart.subtitle, "span"}}) {
        if (!text->empty()) {
            words += "<" + std::string(kind) + ">" + xml_text(*text) + "</" + kind + ">";
        }
    }
    const std::string title = std::move(chart.title);
    chart.title.clear();
    chart.subtitle.clear();
    const Chart above = with_names_above(std::move(chart));
    Drawing drawing = lay_out(above, {kNarrowWidth, above.size.height});
    drawing.title = title; // for those who do not see it
    return (words.empty() ? "" : "<p>" + words + "</p>") +
           svg_text(drawing, {.style = false, .ground = false, .tips = false});
}

} // namespace

std::string page_chart(const Chart& chart, Size wide) {
    Chart small = chart;
    small.size = wide;
    return "<div class=\"chart-wide\">" + svg_text(lay_out(chart, wide), kInset) +
           "</div><div class=\"chart-narrow\">" + narrow(std::move(small)) + "</div>";
}

std::string chart_figures(const Chart& chart, std::size_t rows_max) {
    return "<details class=\"chart-figures\"><summary>figures</summary>" +
           html_table(table_of(chart, rows_max)) + "</details>";
}

std::string page_chart_style() {
    return ".chart-narrow{display:none;max-width:30rem}.chart-narrow p{margin:0 0 .3rem;"
           "overflow-wrap:anywhere;font-size:.86rem;color:inherit}.chart-narrow span{display:block;"
           "opacity:.8}.chart-narrow svg{display:block;width:100%;height:auto}\n"
           ".chart-figures{overflow-x:auto}.chart-figures table{width:auto;min-width:0}"
           ".chart-figures td:not(:first-child){white-space:nowrap}"
           ".chart-figures td,.chart-figures caption{overflow-wrap:anywhere}\n"
           "@media screen and (max-width:800px){.chart-wide{display:none}"
           ".chart-narrow{display:block}.chart-figures td,.chart-figures th"
           "{padding:.2rem .5rem .2rem 0;min-width:0;white-space:normal;"
           "overflow-wrap:anywhere}"
           ".chart-figures td:not(:first-child){white-space:normal;min-width:4.9em}}\n";
}

} // namespace page_layout
