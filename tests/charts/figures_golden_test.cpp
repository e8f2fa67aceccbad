#include "canned_charts.hpp"
#include "charts/layout.hpp"
#include "charts/svg.hpp"
#include "golden_picture.hpp"

#include <doctest/doctest.h>

namespace figures_golden_test {

using namespace assay::charts;

TEST_CASE("every figure is the approved picture") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        CAPTURE(one.name);
        check_picture(one.name + ".svg", svg_text(lay_out(one.chart), {.style = false}));
    }
}

TEST_CASE("the style sheet is the approved one") {
    check_picture("chart.css", chart_style());
}

TEST_CASE("a picture that stands alone has its style in it") {
    const auto charts = canned::every_chart();
    check_picture("alone.svg", svg_text(lay_out(charts.at(2).chart)));
}

} // namespace figures_golden_test
