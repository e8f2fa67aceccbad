// What a chart says, without a place or a colour: axes with units, series, rules and spans. Values
// that are no numbers are gaps. layout.hpp makes a drawing of it, svg.hpp writes that.
//
//   Chart chart{.title = "router/least_latency", .x = {.title = "date", .scale = Scale::time},
//               .y = {.title = "median time", .unit = "s"}};
//   chart.series.emplace_back(Line{.name = "median", .points = points, .markers = true});
//   chart.rules.push_back(limit_at(0.0003, "limit 300 µs"));
//   std::string svg = svg_text(lay_out(chart, {720, 280}));
//
// Most charts are made by a function in figures/. Plain values; texts may be of foreign origin.
#pragma once

#include "charts/role.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assay::charts {

enum class Scale : std::uint8_t {
    linear,
    log,     // what is not above zero has no place on it, and is a gap
    time,    // seconds since 1970, shown in UTC
    category // value i is the i-th name; along y the first is at the top
};

struct Axis {
    std::string title{}; // "median time"; the unit is put behind it
    std::string unit{};  // as metrics have it: "s", "By", "%", "1", "{hits}"
    Scale scale = Scale::linear;
    std::vector<std::string> categories{};
    std::optional<double> low{},
        high{}; // what is beyond is clipped; else all that is there is seen
    bool from_zero = false;
    bool is_signed = false;   // "+5 %"
    bool names_above = false; // of rows, where there is no room at their left: names_above.hpp
};

// How a point is drawn: an outlier is hollow, one that was excluded is crossed.
enum class Look : std::uint8_t { filled, hollow, crossed };

struct Point {
    double x = 0, y = 0;
    Look look = Look::filled;
    std::string note{}; // shown where one points at it
};

struct Line {
    std::string name{};
    Role role = Role::accent;
    std::vector<Point> points{};
    bool markers = false;
    bool steps = false; // constant until the next point
};

struct Dots {
    std::string name{};
    Role role = Role::accent;
    std::vector<Point> points{};
};

struct BandPoint {
    double x = 0, low = 0, high = 0;
};

struct Band {
    std::string name{};
    Role role = Role::accent;
    std::vector<BandPoint> points{};
};

// Bars stand on the axis x, or on y where that one has categories. `low` to `high` is the place
// they take on it: i - 0.4 to i + 0.4 for a category, the edges of a bin of a histogram.
struct Bar {
    double low = 0, high = 0;
    double from = 0, to = 0;
    Role role = Role::accent;
    std::string label{}; // at its end
    std::string note{};
    std::optional<double> reach{}; // the label stands beyond this value: the end of an interval
    bool outlined = false;         // over other bars: its edge shows, not its area
};

struct Bars {
    std::string name{};
    Role role = Role::accent; // in the legend
    std::vector<Bar> bars{};
};

// A range with its middle, placed like a bar.
struct Interval {
    double place = 0;
    double low = 0, middle = 0, high = 0;
    Role role = Role::neutral;
    std::string note{};
};

struct Intervals {
    std::string name{};
    Role role = Role::neutral;
    std::vector<Interval> intervals{};
    bool capped = false; // whiskers end in a cross line
};

// One field of a heat map; both axes have categories.
struct Cell {
    double x = 0, y = 0;
    double share = 0; // 0 is the least, 1 the most; no number: nothing was measured
    std::string label{};
    std::string note{};
};

struct Cells {
    std::string name{};
    std::vector<Cell> cells{};
};

using Series = std::variant<Line, Dots, Band, Bars, Intervals, Cells>;

enum class Along : std::uint8_t { x, y };
enum class Dash : std::uint8_t { solid, dashed, dotted };

// A line across the chart at a value of one axis.
struct Rule {
    Along on = Along::y;
    double at = 0;
    Dash dash = Dash::solid;
    Role role = Role::dim;
    std::string label{};
    std::string note{};
};

[[nodiscard]] inline Rule baseline_at(double value, std::string label) {
    return {Along::y, value, Dash::dashed, Role::dim, std::move(label), {}};
}

[[nodiscard]] inline Rule limit_at(double value, std::string label) {
    return {Along::y, value, Dash::dotted, Role::bad, std::move(label), {}};
}

[[nodiscard]] inline Rule gate_at(double value, std::string label) {
    return {Along::x, value, Dash::dashed, Role::bad, std::move(label), {}};
}

[[nodiscard]] inline Rule change_point_at(double moment, std::string label, std::string note) {
    return {Along::x, moment, Dash::solid, Role::bad, std::move(label), std::move(note)};
}

// A part of an axis, shaded over the whole chart. Spans of one name share an entry of the legend.
struct Span {
    Along on = Along::x;
    double from = 0, to = 0;
    Role role = Role::noise;
    std::string name{};
    std::string note{};
};

struct Size {
    double width = 720, height = 280;
};

struct Chart {
    std::string title{};
    std::string subtitle{};
    std::string description{}; // for those who do not see the picture
    Axis x{}, y{};
    std::vector<Span> spans{};
    std::vector<Series> series{};
    std::vector<Rule> rules{};
    std::vector<std::string> notes{}; // under the chart
    std::string empty = "no data";    // said where nothing can be drawn
    bool bare = false;                // only the data: no axes, no texts
    Size size{};                      // that suits it; lay_out() may be given another
};

} // namespace assay::charts
