#include "app/history/trend.hpp"

#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/run_listing.hpp"
#include "app/history/spark_line.hpp"
#include "app/message.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"
#include "tracking/series_choice.hpp"
#include "verdict/amount.hpp"

#include <algorithm>

namespace assay::app {
namespace {

using history::SeriesPoint;
using history::SeriesRow;

// By commit where that is known: the order that the points are in.
std::int64_t instant_of(const SeriesPoint& point) {
    return point.commit_time.value_or(point.started);
}

std::string remarks_of(const SeriesPoint& point, measure::CaseStatus status) {
    std::string remarks = remarks_text(status, point.flags, point.dirty);
    if (history::is_in_future(point.started, now_nanoseconds())) {
        remarks += remarks.empty() ? "future" : " future";
    }
    return remarks;
}

std::string figure_cell(const std::optional<double>& figure, const std::string& unit) {
    return figure ? verdict::figure_text(*figure, unit) : std::string(kNotKnown);
}

// What the column of instants tells.
std::string instant_word(const tracking::Trend& trend) {
    const auto with_commit = std::ranges::count_if(
        trend.points, [](const SeriesPoint& point) { return point.commit_time.has_value(); });
    return with_commit == 0                          ? "measured"
           : with_commit == std::ssize(trend.points) ? "committed"
                                                     : "committed or measured";
}

TextTable points_table(const tracking::Trend& trend, const TrendLook& look) {
    const std::string& unit = trend.row.series.unit;
    const bool of_centre = trend.statistic == tracking::PointStatistic::median;
    TextTable table(
        {instant_word(trend), "run", "commit", "branch", "figure", "interval", "n", "remarks"});
    for (const SeriesPoint& point : trend.points) {
        table.add({date_text(instant_of(point)),
                   point.run_uuid.substr(0, look.name_digits),
                   short_commit(point.sha),
                   or_not_known(point.branch),
                   figure_cell(trend.figure(point), unit),
                   of_centre ? interval_text(point.figures, unit) : std::string(kNotKnown),
                   point.figures ? std::to_string(point.figures->n) : std::string(kNotKnown),
                   remarks_of(point, point.status)});
    }
    return table;
}

std::string spark_text(const tracking::Trend& trend, bool unicode) {
    std::vector<std::optional<double>> figures;
    for (const SeriesPoint& point : trend.points) {
        figures.push_back(trend.figure(point));
    }
    return spark_line(figures, unicode);
}

std::string heading_of(const tracking::Trend& trend) {
    const history::Series& series = trend.row.series;
    const auto direction = series.direction;
    const std::string better = direction == measure::Direction::lower    ? ", lower is better"
                               : direction == measure::Direction::higher ? ", higher is better"
                                                                         : "";
    return printable(tracking::series_name(series) + "  on " + series.platform.label + " (" +
                     series.platform.fingerprint.substr(0, 12) + ")  [" +
                     (trend.statistic == tracking::PointStatistic::median
                          ? ""
                          : std::string(name_of(trend.statistic)) + " in ") +
                     series.unit + better + (trend.ended ? "; " + ended_text(*trend.ended) : "") +
                     "]");
}

json::object point_value(const tracking::Trend& trend, const SeriesPoint& point) {
    return {{"run", point.run_uuid},
            {"started", tracking::instant_value(point.started)},
            {"commit_time", tracking::instant_value(point.commit_time)},
            {"commit", tracking::optional_text(point.sha)},
            {"branch", tracking::optional_text(point.branch)},
            {"dirty", tracking::optional_bool(point.dirty)},
            {"status", std::string(measure::name_of(point.status))},
            {"figure", tracking::optional_number(trend.figure(point))},
            {"figures", tracking::figures_value(point.figures)},
            {"flags", tracking::flags_value(point.flags)}};
}

json::value ended_value(const std::optional<tracking::SeriesEnd>& end) {
    if (!end) {
        return nullptr;
    }
    return json::object{{"last", tracking::instant_value(end->last)},
                        {"unit", end->unit},
                        {"direction", std::string(measure::name_of(end->direction))}};
}

} // namespace

std::string trends_text(const std::vector<tracking::Trend>& trends, const TrendLook& look) {
    std::string text;
    for (const tracking::Trend& trend : trends) {
        text += (text.empty() ? "" : "\n") + heading_of(trend) + "\n";
        if (look.spark) {
            text += spark_text(trend, look.unicode) + "\n";
        }
        text += points_table(trend, look).aligned();
    }
    return text;
}

TextTable trends_table(const std::vector<tracking::Trend>& trends) {
    TextTable table({"case",
                     "metric",
                     "platform",
                     "fingerprint",
                     "unit",
                     "direction",
                     "run",
                     "commit_time",
                     "started",
                     "commit",
                     "branch",
                     "status",
                     "figure",
                     "lo",
                     "hi",
                     "n",
                     "launches",
                     "remarks",
                     "statistic"});
    const auto number = [](const std::optional<double>& value) {
        return value ? shortest(*value) : std::string();
    };
    for (const tracking::Trend& trend : trends) {
        const history::Series& series = trend.row.series;
        const bool of_centre = trend.statistic == tracking::PointStatistic::median;
        for (const SeriesPoint& point : trend.points) {
            const auto& figures = point.figures;
            table.add({series.case_id,
                       series.metric,
                       series.platform.label,
                       series.platform.fingerprint,
                       series.unit,
                       std::string(measure::name_of(series.direction)),
                       point.run_uuid,
                       point.commit_time ? history::timestamp_text(*point.commit_time) : "",
                       history::timestamp_text(point.started),
                       point.sha,
                       point.branch,
                       std::string(measure::name_of(point.status)),
                       number(trend.figure(point)),
                       figures && of_centre ? number(figures->lo) : "",
                       figures && of_centre ? number(figures->hi) : "",
                       figures ? std::to_string(figures->n) : "",
                       figures ? std::to_string(figures->n_launches) : "",
                       remarks_of(point, measure::CaseStatus::passed),
                       std::string(name_of(trend.statistic))});
        }
    }
    return table;
}

json::object trends_document(const std::vector<tracking::Trend>& trends, const std::string& where) {
    json::array series;
    for (const tracking::Trend& trend : trends) {
        json::array points;
        for (const SeriesPoint& point : trend.points) {
            points.push_back(point_value(trend, point));
        }
        json::object one = tracking::series_value(trend.row.series);
        one["ended"] = ended_value(trend.ended);
        one["points"] = std::move(points);
        series.push_back(std::move(one));
    }
    json::object document = tracking::history_head("trend", where);
    document["statistic"] = std::string(
        name_of(trends.empty() ? tracking::PointStatistic::median : trends.front().statistic));
    document["series"] = std::move(series);
    return document;
}

} // namespace assay::app
