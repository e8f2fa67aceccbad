#include "charts/figures/time_series.hpp"

#include "charts/ticks.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

std::string note_of(const RunPoint& run, const TimeSeries& series) {
    if (!run.note.empty()) {
        return run.note;
    }
    std::string note = moment_text(run.moment) + ": " + value_text(run.value, series.unit);
    if (std::isfinite(run.low) && std::isfinite(run.high)) {
        note += " [" + value_text(run.low, series.unit) + ", " + value_text(run.high, series.unit) +
                "]";
    }
    switch (run.look) {
    case Look::filled:
        return note;
    case Look::hollow:
        return note + ", outlier";
    case Look::crossed:
        return note + ", excluded";
    }
    return note;
}

// A line that excluded runs and outliers do not bend: they stand beside it.
void add_trend(Chart& chart, const Trend& trend, Role role, const TimeSeries& series) {
    const bool is_alone = series.trends.size() == 1;
    Line line{.name = trend.name, .role = role, .markers = true};
    Dots apart{.role = role};
    Band band{.name = is_alone ? "interval" : "", .role = role};
    for (const RunPoint& run : trend.runs) {
        Point point{run.moment, run.value, run.look, note_of(run, series)};
        if (run.look == Look::filled) {
            band.points.push_back({run.moment, run.low, run.high});
            line.points.push_back(std::move(point));
        } else {
            apart.points.push_back(std::move(point));
        }
    }
    const bool has_band =
        std::any_of(band.points.begin(), band.points.end(), [](const BandPoint& one) {
            return std::isfinite(one.low) && std::isfinite(one.high);
        });
    if (has_band) {
        chart.series.emplace_back(std::move(band));
    }
    chart.series.emplace_back(std::move(line));
    if (!apart.points.empty()) {
        chart.series.emplace_back(std::move(apart));
    }
}

void add_marks(Chart& chart, const TimeSeries& series) {
    for (const Stretch& shift : series.shifts) {
        chart.spans.push_back(
            {Along::x, shift.from, shift.to, Role::noise, "machine changed", shift.note});
    }
    for (const Stretch& drift : series.drifts) {
        chart.spans.push_back(
            {Along::x, drift.from, drift.to, Role::series_1, "drift", drift.note});
    }
    if (series.fence_low && series.fence_high) {
        chart.spans.push_back(
            {Along::y, *series.fence_low, *series.fence_high, Role::noise, "usual range", {}});
    }
    if (series.baseline) {
        chart.rules.push_back(
            baseline_at(*series.baseline,
                        series.baseline_name + " " + value_text(*series.baseline, series.unit)));
    }
    for (const LimitMark& limit : series.limits) {
        chart.rules.push_back(
            limit_at(limit.value, limit.name + " " + value_text(limit.value, series.unit)));
    }
    for (const ChangeMark& change : series.changes) {
        const std::string label =
            std::string(sign_of(change.tone)) + (change.label.empty() ? "" : " ") + change.label;
        Rule rule = change_point_at(change.moment, label, change.note);
        rule.role = role_of(change.tone);
        chart.rules.push_back(std::move(rule));
    }
}

struct Told {
    std::size_t runs = 0;
    double first = 0, last = 0, low = 0, high = 0;
};

Told told_of(const TimeSeries& series) {
    Told told;
    for (const Trend& trend : series.trends) {
        for (const RunPoint& run : trend.runs) {
            if (!std::isfinite(run.value)) {
                continue;
            }
            const bool is_first = told.runs++ == 0;
            told.first = is_first ? run.moment : std::min(told.first, run.moment);
            told.last = is_first ? run.moment : std::max(told.last, run.moment);
            told.low = is_first ? run.value : std::min(told.low, run.value);
            told.high = is_first ? run.value : std::max(told.high, run.value);
        }
    }
    return told;
}

std::string description_of(const TimeSeries& series) {
    const Told told = told_of(series);
    if (told.runs == 0) {
        return {};
    }
    std::string text = std::to_string(told.runs) + (told.runs == 1 ? " run" : " runs") + " from " +
                       date_text(told.first) + " to " + date_text(told.last) + ", " +
                       series.metric + " " + value_text(told.low, series.unit) + " to " +
                       value_text(told.high, series.unit) + ".";
    if (series.baseline) {
        text += " " + series.baseline_name + ": " + value_text(*series.baseline, series.unit) + ".";
    }
    for (const ChangeMark& change : series.changes) {
        text += " Change on " + date_text(change.moment) +
                (change.label.empty() ? "" : ": " + change.label) + ".";
    }
    return text;
}

} // namespace

Chart time_series_chart(const TimeSeries& series) {
    Chart chart;
    chart.title = series.title;
    chart.subtitle = series.subtitle;
    chart.description = description_of(series);
    chart.x = {.title = series.time, .scale = Scale::time};
    chart.y = {.title = series.metric,
               .unit = series.unit,
               .scale = series.log ? Scale::log : Scale::linear};
    chart.empty = "no run of this series yet";
    for (std::size_t i = 0; i < series.trends.size(); ++i) {
        add_trend(chart, series.trends[i], series_role(i), series);
    }
    add_marks(chart, series);
    return chart;
}

} // namespace assay::charts
