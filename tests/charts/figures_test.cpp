// What the figures say, beyond how they look.
#include "charts/figures/bar_chart.hpp"
#include "charts/figures/cache_effectiveness.hpp"
#include "charts/figures/distribution.hpp"
#include "charts/figures/forest.hpp"
#include "charts/figures/heat_map.hpp"
#include "charts/figures/memory.hpp"
#include "charts/figures/quantile.hpp"
#include "charts/figures/sparkline.hpp"
#include "charts/figures/time_series.hpp"
#include "charts/layout.hpp"
#include "drawing_reader.hpp"

#include <doctest/doctest.h>

#include <numeric>

namespace figures_test {

using namespace assay::charts;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

template <class Kind>
const Kind& first_of(const Chart& chart) {
    for (const Series& series : chart.series) {
        if (const auto* one = std::get_if<Kind>(&series)) {
            return *one;
        }
    }
    FAIL("the chart has no such series");
    return std::get<Kind>(chart.series.front());
}

double heights(const Bars& bars) {
    return std::accumulate(bars.bars.begin(), bars.bars.end(), 0.0, [](double sum, const Bar& bar) {
        return sum + bar.to;
    });
}

} // namespace

TEST_CASE("a trend keeps outliers and excluded runs out of its line and its band") {
    const std::vector<RunPoint> runs{{0, 1, 0.9, 1.1},
                                     {86'400, 5, 4.9, 5.1, Look::hollow},
                                     {172'800, 9, 8.9, 9.1, Look::crossed},
                                     {259'200, 1, 0.9, 1.1}};
    const std::vector<Trend> trends{{"median", runs}};
    const Chart chart = time_series_chart({.trends = trends});
    CHECK(first_of<Line>(chart).points.size() == 2);
    CHECK(first_of<Band>(chart).points.size() == 2);
    REQUIRE(first_of<Dots>(chart).points.size() == 2);
    CHECK(first_of<Dots>(chart).points[0].note == "1970-01-02 00:00: 5 s [4.9 s, 5.1 s], outlier");
    CHECK(first_of<Dots>(chart).points[1].note.ends_with(", excluded"));
}

TEST_CASE("a trend without intervals has no band and no entry for one") {
    const std::vector<RunPoint> runs{{0, 1}, {86'400, 2}};
    const std::vector<Trend> trends{{"median", runs}};
    const Chart chart = time_series_chart({.trends = trends});
    CHECK(chart.series.size() == 1);
    CHECK_FALSE(has_text(lay_out(chart), "interval"));
}

TEST_CASE("a trend without runs says that there is none yet") {
    const Drawing drawing = lay_out(time_series_chart({.title = "new", .baseline = 3}));
    CHECK(has_text(drawing, "no run of this series yet"));
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("baseline is dashed, limits are dotted and changes bear a sign") {
    const std::vector<RunPoint> runs{{0, 1e-3}, {86'400, 2e-3}};
    const std::vector<Trend> trends{{"", runs}};
    const std::vector<LimitMark> limits{{1.5e-3}};
    const std::vector<ChangeMark> changes{{86'400, Tone::worse, "+100 %"},
                                          {86'400, Tone::better, ""}};
    const Chart chart = time_series_chart(
        {.trends = trends, .baseline = 1e-3, .limits = limits, .changes = changes});
    REQUIRE(chart.rules.size() == 4);
    CHECK(chart.rules[0].dash == Dash::dashed);
    CHECK(chart.rules[0].label == "baseline 1 ms");
    CHECK(chart.rules[1].dash == Dash::dotted);
    CHECK(chart.rules[1].role == Role::bad);
    CHECK(chart.rules[2].label == "\u25B2 +100 %");
    CHECK(chart.rules[3].label == "\u25BC");
    CHECK(chart.rules[3].role == Role::good);
    CHECK(chart.description.find("Change on 1970-01-02: +100 %.") != std::string::npos);
}

TEST_CASE("a forest counts its verdicts and tells of rows that it leaves out") {
    std::vector<ForestRow> rows(100'000, {"a", 0.01, 0, 0.02, Tone::same});
    rows[0] = {"b", 0.2, 0.1, 0.3, Tone::worse};
    rows[1] = {"c", kNone, kNone, kNone, Tone::undecided};
    const Chart chart = forest_chart({.rows = rows, .gate = 0.1});
    CHECK(chart.description == "100000 cases: 1 worse, 0 better, 99998 the same, 1 undecided.");
    CHECK(chart.y.categories.size() == 60);
    CHECK(chart.notes == std::vector<std::string>{"99940 more cases are not drawn"});
    const Drawing drawing = lay_out(chart);
    CHECK(has_text(drawing, "gate +10.0 %"));
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("a forest without rows says that nothing was compared") {
    CHECK(has_text(lay_out(forest_chart({})), "no case was compared"));
}

TEST_CASE("a bar that was not measured is a dash and not a zero") {
    const std::vector<BarRow> rows{{"measured", 1e-3}, {"not", kNone}};
    const Drawing drawing = lay_out(bar_chart({.rows = rows}));
    CHECK(has_text(drawing, "1 ms"));
    CHECK(has_text(drawing, "\u2013"));
    CHECK(complaints_about(drawing) == "");
}

TEST_CASE("bars of a logarithmic axis are dots") {
    const std::vector<BarRow> rows{{"fast", 1e-9}, {"slow", 1}};
    const Chart chart = bar_chart({.rows = rows, .log = true});
    CHECK(std::holds_alternative<Intervals>(chart.series.at(0)));
    CHECK(count_of<Circle>(lay_out(chart).items) == 2);
}

TEST_CASE("a histogram counts every sample once") {
    std::vector<double> samples(1000);
    std::iota(samples.begin(), samples.end(), 1);
    samples.push_back(kNone);
    const Chart chart = histogram_chart({.unit = "1", .samples = samples});
    CHECK(heights(first_of<Bars>(chart)) == 1000);
    CHECK(first_of<Bars>(chart).bars.size() == 10); // Freedman and Diaconis: 2 * 500 / 10 wide
    CHECK(chart.rules.at(0).at == 500.5);
    CHECK(chart.description.starts_with("1000 samples, median 500.5"));
}

TEST_CASE("a histogram of one value, of two far apart and of none is a picture") {
    for (const std::vector<double>& samples :
         {std::vector<double>{}, {kNone}, {0.0}, {5.0, 5.0, 5.0}, {1.0, 1e12}, {-1e308, 1e308}}) {
        const Chart chart = histogram_chart({.samples = samples});
        CHECK(complaints_about(lay_out(chart)) == "");
        CHECK(complaints_about(lay_out(ecdf_chart({.samples = samples}))) == "");
        for (const Series& series : chart.series) {
            CHECK(std::get<Bars>(series).bars.size() <= 60);
        }
    }
}

TEST_CASE("with a baseline the heights of a histogram are shares of each set") {
    const std::vector<double> now{1, 2, 3, 4};
    const std::vector<double> before{1, 2, 3, 4, 5, 6, 7, 8};
    const Chart chart = histogram_chart({.samples = now, .baseline = before});
    REQUIRE(chart.series.size() == 2);
    CHECK(heights(std::get<Bars>(chart.series[0])) == doctest::Approx(100));
    CHECK(heights(std::get<Bars>(chart.series[1])) == doctest::Approx(100));
}

TEST_CASE("a cumulative curve goes from nothing to all") {
    const std::vector<double> samples{3, 1, 2, 2};
    const Chart chart = ecdf_chart({.samples = samples});
    const auto& points = first_of<Line>(chart).points;
    REQUIRE(points.size() == 5);
    CHECK(points.front().y == 0);
    CHECK(points[1].x == 1);
    CHECK(points[1].y == 25);
    CHECK(points.back().x == 3);
    CHECK(points.back().y == 100);
}

TEST_CASE("quantiles lie between their neighbours") {
    const std::vector<double> sorted = sorted_numbers(std::vector<double>{4, kNone, 1, 3, 2});
    CHECK(sorted == std::vector<double>{1, 2, 3, 4});
    CHECK(quantile(sorted, 0.5) == 2.5);
    CHECK(quantile(sorted, 0) == 1);
    CHECK(quantile(sorted, 1) == 4);
    CHECK(quantile(sorted, 0.25) == 1.75);
    CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("whiskers end at the last sample within one and a half boxes") {
    const std::vector<double> samples{1, 2, 3, 4, 5, 100};
    const std::vector<LaunchSamples> launches{{"launch 1", samples}, {"launch 2", {}}};
    const Chart chart = launches_chart({.launches = launches});
    const auto& whiskers = first_of<Intervals>(chart).intervals;
    REQUIRE(whiskers.size() == 1);
    CHECK(whiskers[0].low == 1);
    CHECK(whiskers[0].high == 5);
    const auto& dots = first_of<Dots>(chart).points;
    REQUIRE(dots.size() == 6);
    CHECK(dots[5].look == Look::hollow);
    CHECK(has_text(lay_out(chart), "launch 2")); // nothing of it, and still named
}

TEST_CASE("a heat map shades by size and leaves open what was not measured") {
    const std::vector<std::string> columns{"1", "2"}, rows{"a", "b"};
    const std::vector<double> values{1e-9, 1e-6, kNone}; // the last is not even there
    const Chart chart =
        heat_map_chart({.columns = columns, .rows = rows, .values = values, .log = true});
    const auto& cells = first_of<Cells>(chart).cells;
    REQUIRE(cells.size() == 4);
    CHECK(cells[0].share == 0);
    CHECK(cells[1].share == 1);
    CHECK(std::isnan(cells[2].share));
    CHECK(std::isnan(cells[3].share));
    CHECK(cells[3].note == "b, 2: \u2013");
    const std::vector<double> equal{3, 3, 3, 3};
    const Chart flat = heat_map_chart({.columns = columns, .rows = rows, .values = equal});
    CHECK(first_of<Cells>(flat).cells[0].share == 0.5);
    CHECK(has_text(lay_out(heat_map_chart({})), "nothing was measured"));
}

TEST_CASE("a sparkline is as small as it is asked for and has a gap where a run failed") {
    const std::vector<double> values{1, 2, kNone, 3, 4, kNone};
    const Drawing drawing = lay_out(sparkline_chart({.title = "a", .values = values}));
    CHECK(drawing.size.width == 120);
    CHECK(drawing.size.height == 22);
    CHECK(lines_in(drawing).size() == 2);
    CHECK(labels_in(drawing).empty());
    CHECK(drawing.description == "4 runs, 1 s to 4 s, last 4 s.");
    CHECK(complaints_about(lay_out(sparkline_chart({}))) == "");
}

TEST_CASE("a cache is shown over its whole share and by its sizes") {
    const std::vector<double> sizes{1024, 2048, 4096};
    const std::vector<double> ratios{0.97, 0.98}; // one is missing
    const std::vector<CacheCurve> curves{{"lru", sizes, ratios}};
    const Chart chart = cache_by_size_chart({.curves = curves, .floor = 0.5});
    CHECK(first_of<Line>(chart).points.size() == 2);
    CHECK(*chart.y.low == 0);
    CHECK(*chart.y.high == 100);
    CHECK(has_text(lay_out(chart), "least 50 %"));
    const std::vector<CacheLayer> layers{{"result", 1, 0}};
    CHECK(has_text(lay_out(cache_by_layer_chart({.layers = layers})), "100 %"));
}

TEST_CASE("memory starts at zero so that a little growth looks little") {
    const std::vector<double> seconds{0, 1, 2};
    const std::vector<double> bytes{1e8, 1.01e8, kNone};
    const std::vector<MemorySeries> series{{"", seconds, bytes}};
    const Chart chart = memory_over_time_chart({.series = series});
    CHECK(chart.description == "From 95.37 MiB to 96.32 MiB.");
    const Drawing drawing = lay_out(chart);
    CHECK(has_text(drawing, "0"));
    CHECK(complaints_about(drawing) == "");
}

} // namespace figures_test
