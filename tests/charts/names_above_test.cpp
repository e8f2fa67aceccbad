// Names of rows above their rows: for pictures that are too narrow for them at the left.
#include "canned_charts.hpp"
#include "charts/figures/forest.hpp"
#include "charts/layout.hpp"
#include "charts/names_above.hpp"
#include "drawing_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace names_above_test {

using namespace assay::charts;

TEST_CASE("a name of forty letters is whole above its row, where it would be cut beside it") {
    const std::string name = "least_latency[n=1048576,policy=adaptive]";
    const std::vector<ForestRow> rows{{name, 0.136, 0.124, 0.147, Tone::worse},
                                      {"other", 0.02, 0.01, 0.03, Tone::same}};
    const Chart chart = forest_chart({.rows = rows});
    CHECK_FALSE(has_text(lay_out(chart, {320, chart.size.height}), "\u25B2 " + name));
    const Chart above = with_names_above(chart);
    const Drawing drawing = lay_out(above, {320, above.size.height});
    CHECK(has_text(drawing, "\u25B2 " + name));
    CHECK(has_text(drawing, "= other"));
    CHECK(drawing.size.width == 320);
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("with names above no label of any figure is clipped or lies over another") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        for (const double width : {300.0, 320.0, 400.0, 720.0}) {
            CAPTURE(one.name);
            CAPTURE(width);
            const Chart above = with_names_above(one.chart);
            CHECK(complaints_about(lay_out(above, {width, above.size.height})) == "");
        }
    }
}

TEST_CASE("a chart that has no names of rows stays as it is") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        if (one.chart.y.scale != Scale::category) {
            CAPTURE(one.name);
            CHECK_FALSE(with_names_above(one.chart).y.names_above);
            CHECK(with_names_above(one.chart).size.height == one.chart.size.height);
        }
    }
}

TEST_CASE("changes in points say so at the axis and where one points at them") {
    const std::vector<ForestRow> rows{{"cache/hits", 0.1162, 0.077, 0.1553, Tone::worse}};
    const Chart chart = forest_chart({.rows = rows, .gate = 0.2, .unit = "points"});
    const Drawing drawing = lay_out(chart);
    const auto titles = titles_in(drawing);
    CHECK(std::find(titles.begin(),
                    titles.end(),
                    "cache/hits: +11.62 points [+7.70 points, +15.53 points], worse") !=
          titles.end());
    CHECK(has_text(drawing, "gate +20 points"));
    for (const std::string& text : texts_in(drawing)) {
        CAPTURE(text);
        CHECK(text.find('%') == std::string::npos);
    }
}

} // namespace names_above_test
