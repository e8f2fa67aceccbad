#include "canned_charts.hpp"
#include "charts/layout.hpp"
#include "charts/layout/axis_mapping.hpp"
#include "charts/layout/extent.hpp"
#include "charts/layout/thinning.hpp"
#include "charts/svg.hpp"
#include "drawing_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace layout_test {

using namespace assay::charts;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Chart line_of(std::vector<Point> points) {
    Chart chart;
    chart.title = "a line";
    chart.y = {.title = "time", .unit = "s"};
    chart.series.emplace_back(Line{.points = std::move(points)});
    return chart;
}

Chart line_through(const std::vector<double>& values) {
    std::vector<Point> points;
    for (const double value : values) {
        points.push_back({static_cast<double>(points.size()), value});
    }
    return line_of(std::move(points));
}

bool any_text_has(const Drawing& drawing, const std::string& part) {
    const auto texts = texts_in(drawing);
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.find(part) != std::string::npos;
    });
}

} // namespace

TEST_CASE("no line goes through a gap") {
    const Drawing drawing = lay_out(line_through({1, 2, kNone, 3, 4, kNone, 5}));
    const auto lines = lines_in(drawing);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].places.size() == 2);
    CHECK(lines[1].places.size() == 2);
    CHECK(count_of<Circle>(drawing.items) == 1); // the one that stands alone
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("one point is seen as a dot with ticks around it") {
    const Drawing drawing = lay_out(line_through({271.9e-6}));
    CHECK(lines_in(drawing).empty());
    CHECK(count_of<Circle>(drawing.items) == 1);
    CHECK(labels_in(drawing).size() >= 4);
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("values that are all equal are a line in the middle") {
    for (const double value : {0.0, 271.9e-6, -5.0, 1e12, 1e-9}) {
        const Drawing drawing = lay_out(line_through({value, value, value}));
        CAPTURE(value);
        const auto lines = lines_in(drawing);
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].places.front().y == lines[0].places.back().y);
        CHECK(lines[0].places.front().y > 40);
        CHECK(lines[0].places.front().y < 240);
        CHECK(complaints_about(drawing) == "");
    }
}

TEST_CASE("where nothing can be drawn the picture says so") {
    for (const Chart& chart : {Chart{},
                               line_through({}),
                               line_through({kNone, kNone}),
                               line_of({{kNone, 1}, {kNone, 2}})}) {
        const Drawing drawing = lay_out(chart);
        CHECK(has_text(drawing, "no data"));
        CHECK(lines_in(drawing).empty());
        CHECK(drawing.description.find("no data.") != std::string::npos);
        CHECK(complaints_about(drawing) == "");
    }
}

TEST_CASE("what is not above zero has no place on a logarithmic axis and is told") {
    Chart chart = line_through({1, 10, -5, 100, 0, 1000});
    chart.y.scale = Scale::log;
    const Drawing drawing = lay_out(chart);
    CHECK(any_text_has(drawing, "2 values are not above zero"));
    CHECK(lines_in(drawing).size() == 1); // 1 to 10; the others stand alone
    CHECK(count_of<Circle>(drawing.items) == 2);
    CHECK(complaints_about(drawing) == "");

    Chart all_below = line_through({-1, -2});
    all_below.y.scale = Scale::log;
    CHECK(has_text(lay_out(all_below), "no data"));
}

TEST_CASE("five thousand points keep their peaks and lose what no pixel can show") {
    std::vector<double> values = canned::measured(5000, 1e-3, 0.02, 9);
    values[3210] = 2e-3;
    const Drawing drawing = lay_out(line_through(values));
    const auto lines = lines_in(drawing);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].places.size() < 2900);
    const double top =
        std::min_element(lines[0].places.begin(), lines[0].places.end(), [](Place a, Place b) {
            return a.y < b.y;
        })->y;
    const auto at_top = [&](Place place) { return place.y == top; };
    CHECK(std::count_if(lines[0].places.begin(), lines[0].places.end(), at_top) == 1);
    CHECK(svg_text(drawing).size() < 60'000);
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("thinning keeps the first, the last and the extremes of every column") {
    std::vector<Place> places;
    for (int i = 0; i < 10'000; ++i) {
        places.push_back({i / 100.0, std::sin(i * 0.7) * (i == 5050 ? 50 : 10)});
    }
    const auto kept = thinned(places, 100);
    CHECK(kept.size() <= 400);
    CHECK(kept.front().x == places.front().x);
    CHECK(kept.back().x == places.back().x);
    const auto higher = [](Place a, Place b) { return a.y < b.y; };
    CHECK(std::max_element(kept.begin(), kept.end(), higher)->y ==
          std::max_element(places.begin(), places.end(), higher)->y);
    CHECK(thinned(std::vector<Place>(places.begin(), places.begin() + 300), 100).size() == 300);
}

TEST_CASE("numbers of every size have a picture") {
    const double largest = std::numeric_limits<double>::max();
    for (const std::vector<double>& values : {std::vector<double>{1e-9, 1e12},
                                              {-1e12, 1e-9},
                                              {1e-300, 1e300},
                                              {-largest, largest},
                                              {5e-324, 1e-320},
                                              {1, 1 + 1e-15},
                                              {std::numeric_limits<double>::infinity(), 1, 2}}) {
        for (const Scale scale : {Scale::linear, Scale::log}) {
            Chart chart = line_through(values);
            chart.y.scale = scale;
            const Drawing drawing = lay_out(chart);
            CAPTURE(values[0]);
            CHECK(complaints_about(drawing) == "");
            const std::string svg = svg_text(drawing);
            CHECK(svg.find("nan") == std::string::npos);
            CHECK(svg.find("inf") == std::string::npos);
        }
    }
}

TEST_CASE("a limit far away is told with an arrow and does not press the data flat") {
    Chart chart = line_through({1.0e-3, 1.1e-3, 1.05e-3});
    chart.rules.push_back(limit_at(1, "limit 1 s"));
    chart.rules.push_back(baseline_at(1.02e-3, "baseline"));
    const Drawing drawing = lay_out(chart);
    CHECK(has_text(drawing, "\u2191 limit 1 s"));
    CHECK(has_text(drawing, "baseline"));
    const auto places = lines_in(drawing).at(0).places;
    CHECK(places[0].y - places[1].y > 80);
}

TEST_CASE("bounds of an axis are kept and what is beyond is clipped") {
    Chart chart = line_through({1, 50, 200});
    chart.y.low = 0;
    chart.y.high = 100;
    const Drawing drawing = lay_out(chart);
    const auto* group = std::get_if<Group>(&drawing.items.back().shape);
    bool clips = group != nullptr && group->clip.has_value();
    for (const Item& item : drawing.items) {
        const auto* one = std::get_if<Group>(&item.shape);
        clips = clips || (one != nullptr && one->clip.has_value());
    }
    CHECK(clips);
    CHECK(extent_of(chart, Along::y).range.high == 100);
    chart.y.high = -5; // not above the lower end
    CHECK(extent_of(chart, Along::y).range.high > 100);
    CHECK(complaints_about(lay_out(chart)) == "");
}

TEST_CASE("a picture too small for its texts grows") {
    for (const Size size : {Size{1, 1}, Size{-5, 1e9}, Size{kNone, kNone}, Size{30, 400}}) {
        const Drawing drawing = lay_out(canned::every_chart().at(0).chart, size);
        CHECK(drawing.size.width >= 220);
        CHECK(drawing.size.height >= 120);
        CHECK(drawing.size.height <= 10'000);
        CHECK(complaints_about(drawing) == "");
    }
}

TEST_CASE("the first name of an axis of names is at the top") {
    Chart chart;
    chart.y = {.scale = Scale::category, .categories = {"first", "second", "third"}};
    chart.series.emplace_back(Dots{.points = {{1, 0}, {2, 1}, {3, 2}}});
    double first = 0;
    double third = 0;
    for (const Label& label : labels_in(lay_out(chart))) {
        first = label.text == "first" ? label.place.y : first;
        third = label.text == "third" ? label.place.y : third;
    }
    CHECK(first > 0);
    CHECK(first < third);
}

TEST_CASE("outliers are hollow and excluded runs are crossed") {
    const Chart chart = line_of({{0, 1}, {1, 2, Look::hollow, "outlier"}, {2, 1, Look::crossed}});
    const Drawing drawing = lay_out(chart);
    const auto titles = titles_in(drawing);
    CHECK(titles == std::vector<std::string>{"outlier"});
    CHECK(count_of<Circle>(drawing.items) == 1);
    const Drawing plain = lay_out(line_of({{0, 1}, {1, 2}, {2, 1}}));
    CHECK(count_of<Segment>(drawing.items) == count_of<Segment>(plain.items) + 2);
}

TEST_CASE("points of several series differ by shape and not by colour alone") {
    Chart chart = line_through({1, 2, 3});
    std::get<Line>(chart.series[0]).name = "one";
    std::get<Line>(chart.series[0]).markers = true;
    chart.series.push_back(chart.series[0]);
    std::get<Line>(chart.series[1]).name = "other";
    const Drawing drawing = lay_out(chart);
    CHECK(count_of<Circle>(drawing.items) == 4);    // three points and the legend
    CHECK(count_of<Rectangle>(drawing.items) == 4); // likewise
}

TEST_CASE("a mapping knows what has no place") {
    const AxisMapping log(Scale::log, {1, 100}, 0, 200);
    CHECK(log.at(10) == doctest::Approx(100));
    CHECK(std::isnan(log.at(0)));
    CHECK(std::isnan(log.at(-1)));
    CHECK(std::isnan(log.at(kNone)));
    const AxisMapping linear(Scale::linear, {0, 1}, 200, 0);
    CHECK(linear.at(0.25) == doctest::Approx(150));
    CHECK(linear.at(1e300) == -20'000); // far outside, and a number
}

} // namespace layout_test
