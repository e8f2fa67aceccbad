#include "charts/figures/bar_chart.hpp"

#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kBarHalf = 0.34; // of a row, at both sides of its middle
constexpr double kBarRow = 22;
constexpr double kBarAround = 84;

bool has_interval(const BarRow& row) {
    return std::isfinite(row.low) && std::isfinite(row.high);
}

std::string note_of(const BarRow& row, const BarFigure& figure) {
    std::string note =
        (row.full.empty() ? row.name : row.full) + ": " + value_text(row.value, figure.unit);
    if (has_interval(row)) {
        note += " [" + value_text(row.low, figure.unit) + ", " + value_text(row.high, figure.unit) +
                "]";
    }
    return note;
}

std::string description_of(const BarFigure& figure) {
    std::string text = figure.metric + " of " + std::to_string(figure.rows.size()) +
                       (figure.rows.size() == 1 ? " row" : " rows");
    const BarRow* least = nullptr;
    const BarRow* most = nullptr;
    for (const BarRow& row : figure.rows) {
        if (std::isfinite(row.value)) {
            least = least == nullptr || row.value < least->value ? &row : least;
            most = most == nullptr || row.value > most->value ? &row : most;
        }
    }
    if (least != nullptr) {
        text += ", from " + value_text(least->value, figure.unit) + " (" + least->name + ") to " +
                value_text(most->value, figure.unit) + " (" + most->name + ")";
    }
    return text + ".";
}

void add_bars(Chart& chart, const BarFigure& figure) {
    Bars bars;
    Intervals intervals{.capped = true};
    for (std::size_t i = 0; i < chart.y.categories.size(); ++i) {
        const BarRow& row = figure.rows[i];
        const auto place = static_cast<double>(i);
        Bar bar{place - kBarHalf, place + kBarHalf, 0, row.value, row.role};
        bar.label = value_text(row.value, figure.unit, 3);
        bar.note = note_of(row, figure);
        if (has_interval(row)) {
            bar.reach = row.high;
            const double no_middle = std::numeric_limits<double>::quiet_NaN();
            intervals.intervals.push_back({place, row.low, no_middle, row.high, Role::text, {}});
        }
        bars.bars.push_back(std::move(bar));
    }
    chart.series.emplace_back(std::move(bars));
    chart.series.emplace_back(std::move(intervals));
}

// A logarithmic axis has no zero from which a bar could begin. The figures stand beside the names.
void add_dots(Chart& chart, const BarFigure& figure) {
    Intervals dots;
    for (std::size_t i = 0; i < chart.y.categories.size(); ++i) {
        const BarRow& row = figure.rows[i];
        chart.y.categories[i] += " \u00B7 " + value_text(row.value, figure.unit, 3);
        dots.intervals.push_back(
            {static_cast<double>(i), row.low, row.value, row.high, row.role, note_of(row, figure)});
    }
    chart.series.emplace_back(std::move(dots));
}

} // namespace

Chart bar_chart(const BarFigure& figure) {
    Chart chart;
    chart.title = figure.title;
    chart.subtitle = figure.subtitle;
    chart.description = description_of(figure);
    chart.x = {.title = figure.metric + (figure.better.empty() ? "" : ", " + figure.better),
               .unit = figure.unit,
               .scale = figure.log ? Scale::log : Scale::linear,
               .high = figure.most,
               .from_zero = !figure.log};
    chart.y = {.scale = Scale::category};
    chart.empty = "nothing was measured";
    const std::size_t shown =
        std::min(figure.rows.size(), std::max<std::size_t>(figure.rows_max, 1));
    for (std::size_t i = 0; i < shown; ++i) {
        chart.y.categories.push_back(figure.rows[i].name);
    }
    figure.log ? add_dots(chart, figure) : add_bars(chart, figure);
    if (figure.limit) {
        Rule rule = gate_at(*figure.limit, "limit " + value_text(*figure.limit, figure.unit));
        rule.dash = Dash::dotted;
        chart.rules.push_back(std::move(rule));
    }
    if (const std::size_t left_out = figure.rows.size() - shown + figure.more; left_out > 0) {
        chart.notes.push_back(std::to_string(left_out) + " more are not drawn");
    }
    const double subtitle = figure.subtitle.empty() ? 0 : 15;
    chart.size.height =
        kBarAround + kBarRow * static_cast<double>(std::max<std::size_t>(shown, 2)) + subtitle;
    return chart;
}

} // namespace assay::charts
