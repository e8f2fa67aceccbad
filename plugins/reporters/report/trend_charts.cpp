#include "trend_charts.hpp"

#include "charts/figures/time_series.hpp"
#include "import_formats/instants.hpp"

#include <limits>

namespace report_reporter {
namespace {

using namespace assay::charts;

constexpr double kNanoseconds = 1e9;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::optional<double> moment_of(Node time) {
    const auto instant = assay::import_formats::read_instant(time.text());
    return instant ? std::optional(static_cast<double>(*instant) / kNanoseconds) : std::nullopt;
}

std::vector<double> numbers_of(Node column, std::size_t count) {
    std::vector<double> values;
    for (const Node value : column) {
        values.push_back(value.number().value_or(kNone));
    }
    values.resize(count, kNone);
    return values;
}

std::vector<RunPoint> points_of(Node points) {
    const std::size_t count = points["time"].size();
    const auto center = numbers_of(points["center"], count);
    const auto low = numbers_of(points["low"], count), high = numbers_of(points["high"], count);
    std::vector<RunPoint> all;
    std::size_t i = 0;
    for (const Node time : points["time"]) {
        if (const auto moment = moment_of(time)) {
            all.push_back({.moment = *moment, .value = center[i], .low = low[i], .high = high[i]});
        }
        ++i;
    }
    return all;
}

std::vector<ChangeMark> marks_of(Node row, const std::vector<RunPoint>& points) {
    std::vector<ChangeMark> marks;
    const bool directed = row["direction"].text() != "none";
    for (const Node step : row["steps"]) {
        const auto moment = moment_of(step["first_bad"]["time"]);
        if (moment && !points.empty() && *moment >= points.front().moment) {
            marks.push_back(
                {.moment = *moment,
                 .tone = step["worse"].boolean().value_or(false) ? Tone::worse : Tone::better,
                 .label = change_words(step["change"].number(), step["scale"].text(), directed),
                 .note = range_words(step["last_good"], step["first_bad"])});
        }
    }
    return marks;
}

Chart chart_of(Node row) {
    const std::vector<RunPoint> points = points_of(row["points"]);
    const std::vector<Trend> trends{{.name = text_of(row["platform"]), .runs = points}};
    const std::vector<ChangeMark> marks = marks_of(row, points);
    std::vector<LimitMark> limits;
    if (const auto limit = row["limit"].number()) {
        limits.push_back({.value = *limit, .name = "limit"});
    }
    return time_series_chart(
        {.title = text_of(row["case"]) + " " + text_of(row["metric"]),
         .subtitle = platform_words(row) + ", " + verdict_words(row["verdict"]),
         .metric = text_of(row["metric"]),
         .unit = text_of(row["unit"]),
         .trends = trends,
         .baseline = row["verdict"]["baseline"].number(),
         .limits = limits,
         .changes = marks,
         .time = moment_words(row["first"], row["last"]) + " (UTC)"});
}

} // namespace

std::vector<Chart> trend_charts(Node trends) {
    std::vector<Chart> charts;
    for (const Node row : trends["rows"]) {
        if (row["points"]["time"].size() > 0) {
            charts.push_back(chart_of(row));
        }
    }
    return charts;
}

} // namespace report_reporter
