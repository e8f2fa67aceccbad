// No label is clipped and none lies over another: every figure, in every width.
#include "canned_charts.hpp"
#include "charts/figures/forest.hpp"
#include "charts/figures/time_series.hpp"
#include "charts/layout.hpp"
#include "drawing_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

namespace labels_test {

using namespace assay::charts;

namespace {

constexpr double kMoment = 1'785'060'000;

const std::string kLongName = "selective_update/sparse_observations[n=1048576,density=0.05,"
                              "implementation=compressed_sparse_row,threads=8]";

} // namespace

TEST_CASE("labels of every figure are inside and apart in wide and narrow pictures") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        for (const double width : {120.0, 220.0, 300.0, 400.0, 560.0, 720.0, 1600.0}) {
            for (const double height : {60.0, 160.0, 280.0, 900.0}) {
                CAPTURE(one.name);
                CAPTURE(width);
                CAPTURE(height);
                CHECK(complaints_about(lay_out(one.chart, {width, height})) == "");
            }
        }
    }
}

TEST_CASE("long titles, names, legends, limits and notes are cut or wrapped, not clipped") {
    for (const double width : {220.0, 400.0, 720.0}) {
        for (const canned::NamedChart& one : canned::every_chart()) {
            Chart chart = one.chart;
            chart.title = chart.subtitle = chart.x.title = chart.y.title = kLongName;
            chart.notes = {kLongName,
                           "a note of many words that does not fit into a narrow picture "
                           "and so has to go on in the next line"};
            for (std::string& name : chart.y.categories) {
                name = kLongName + name;
            }
            for (std::string& name : chart.x.categories) {
                name = kLongName + name;
            }
            for (Series& series : chart.series) {
                std::visit([](auto& of_kind) { of_kind.name = kLongName; }, series);
            }
            for (Rule& rule : chart.rules) {
                rule.label = kLongName;
            }
            CAPTURE(one.name);
            CAPTURE(width);
            CHECK(complaints_about(lay_out(chart, {width, 280})) == "");
        }
    }
}

TEST_CASE("a name that was cut is told in full where one points at it") {
    const std::vector<ForestRow> rows{{kLongName, 0.1, 0.05, 0.15, Tone::worse}};
    const Drawing drawing = lay_out(forest_chart({.rows = rows}));
    const auto titles = titles_in(drawing);
    CHECK(std::find(titles.begin(), titles.end(), "\u25B2 " + kLongName) != titles.end());
    CHECK_FALSE(has_text(drawing, "\u25B2 " + kLongName));
}

TEST_CASE("the figures of baseline and limit are whole in a narrow picture") {
    const std::vector<RunPoint> runs{{kMoment, 1.28e-6}, {kMoment + 86'400, 1.29e-6}};
    const std::vector<Trend> trends{{"a machine", runs}};
    const std::vector<LimitMark> limits{{1.544e-6, "limit"}};
    const Drawing drawing = lay_out(
        time_series_chart({.title = "", .trends = trends, .baseline = 1.287e-6, .limits = limits}),
        {320, 260});
    CHECK(has_text(drawing, "baseline 1.287 \u00B5s"));
    CHECK(has_text(drawing, "\u2191 limit 1.544 \u00B5s"));
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("a hundred change points and limits do not lie over each other") {
    std::vector<RunPoint> runs;
    std::vector<ChangeMark> changes;
    std::vector<LimitMark> limits;
    for (int i = 0; i < 100; ++i) {
        const double moment = kMoment + 86'400.0 * i;
        runs.push_back({moment, 1e-3 + 1e-6 * i});
        changes.push_back({moment, i % 2 == 0 ? Tone::worse : Tone::better, "+13.6 %", "a..b"});
        limits.push_back({1e-3 + 1e-6 * i, "limit " + std::to_string(i)});
    }
    const std::vector<Trend> trends{{"", runs}};
    const Drawing drawing = lay_out(time_series_chart(
        {.title = "many", .trends = trends, .limits = limits, .changes = changes}));
    CHECK(complaints_about(drawing) == "");
    CHECK(drawing.description.find("marks bear no name") != std::string::npos);
    const auto titles = titles_in(drawing);
    CHECK(std::count(titles.begin(), titles.end(), "a..b") == 100); // all lines are there
}

TEST_CASE("many rows of names are thinned when the picture is low") {
    std::vector<ForestRow> rows;
    for (int i = 0; i < 60; ++i) {
        rows.push_back({"case " + std::to_string(i), 0.01 * i});
    }
    const Drawing low = lay_out(forest_chart({.rows = rows}), {720, 300});
    CHECK(complaints_about(low) == "");
    CHECK(labels_in(low).size() < 40);
    CHECK(has_text(low, "= case 0"));
    const Drawing high = lay_out(forest_chart({.rows = rows}));
    CHECK(complaints_about(high) == "");
    CHECK(has_text(high, "= case 59"));
}

TEST_CASE("ticks below an axis are apart in every range of moments") {
    for (double length = 1; length < 2e9; length *= 2.3) {
        Chart chart;
        chart.x.scale = Scale::time;
        chart.series.emplace_back(Line{.points = {{kMoment, 1}, {kMoment + length, 2}}});
        for (const double width : {220.0, 400.0, 720.0}) {
            CAPTURE(length);
            CAPTURE(width);
            CHECK(complaints_about(lay_out(chart, {width, 200})) == "");
        }
    }
}

TEST_CASE("an overlay of thirty platforms says how many the legend leaves out") {
    Chart chart;
    for (std::size_t i = 0; i < 30; ++i) {
        chart.series.emplace_back(Line{.name = "platform-with-a-long-name-" + std::to_string(i),
                                       .role = series_role(i),
                                       .points = {{0, 1}, {1, static_cast<double>(i)}},
                                       .markers = true});
    }
    const Drawing drawing = lay_out(chart, {400, 280});
    CHECK(complaints_about(drawing) == "");
    bool told = false;
    for (const std::string& text : texts_in(drawing)) {
        told = told || text.find("more series are not in the legend") != std::string::npos;
    }
    CHECK(told);
}

} // namespace labels_test
