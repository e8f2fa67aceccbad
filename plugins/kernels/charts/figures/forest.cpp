#include "charts/figures/forest.hpp"

#include "charts/number_text.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kForestRow = 20;
constexpr double kForestAround = 96; // titles and axis

// "+13.6 %", "-2.00 points".
std::string told(double change, const std::string& unit) {
    if (unit == "%") {
        return change_text(change);
    }
    constexpr int kDecimals = 2;
    const std::string text = fixed(change * 100, kDecimals);
    const bool more = !text.starts_with('-') && text.find_first_not_of("0.") != std::string::npos;
    return (more ? "+" : "") + text + " " + unit;
}

std::string gate_text(double gate, const std::string& unit) {
    return unit == "%" ? change_text(gate)
                       : (gate > 0 ? "+" : "") + short_number(gate * 100) + " " + unit;
}

std::string note_of(const ForestRow& row, const std::string& unit) {
    std::string note = (row.full.empty() ? row.name : row.full) + ": " + told(row.change, unit);
    if (std::isfinite(row.low) && std::isfinite(row.high)) {
        note += " [" + told(row.low, unit) + ", " + told(row.high, unit) + "]";
    }
    switch (row.tone) {
    case Tone::same:
        return note + ", same";
    case Tone::worse:
        return note + ", worse";
    case Tone::better:
        return note + ", better";
    case Tone::undecided:
        return note + ", undecided";
    }
    return note;
}

std::string description_of(const Forest& forest) {
    const auto count = [&](Tone tone) {
        return std::to_string(
            std::count_if(forest.rows.begin(), forest.rows.end(), [tone](const ForestRow& row) {
                return row.tone == tone;
            }));
    };
    return std::to_string(forest.rows.size()) + (forest.rows.size() == 1 ? " case: " : " cases: ") +
           count(Tone::worse) + " worse, " + count(Tone::better) + " better, " + count(Tone::same) +
           " the same, " + count(Tone::undecided) + " undecided.";
}

} // namespace

Chart forest_chart(const Forest& forest) {
    Chart chart;
    chart.title = forest.title;
    chart.subtitle = forest.subtitle;
    chart.description = description_of(forest);
    chart.x = {.title = forest.axis, .unit = forest.unit, .is_signed = true};
    chart.y = {.scale = Scale::category};
    chart.empty = "no case was compared";
    const std::size_t shown =
        std::min(forest.rows.size(), std::max<std::size_t>(forest.rows_max, 1));
    Intervals intervals;
    for (std::size_t i = 0; i < shown; ++i) {
        const ForestRow& row = forest.rows[i];
        chart.y.categories.push_back(std::string(sign_of(row.tone)) + " " + row.name);
        intervals.intervals.push_back({static_cast<double>(i),
                                       row.low * 100,
                                       row.change * 100,
                                       row.high * 100,
                                       role_of(row.tone),
                                       note_of(row, forest.unit)});
    }
    chart.series.emplace_back(std::move(intervals));
    chart.rules.push_back({Along::x, 0, Dash::solid, Role::dim, {}, "no change"});
    if (forest.noise_floor) {
        const double floor = std::abs(*forest.noise_floor) * 100;
        chart.spans.push_back({Along::x, -floor, floor, Role::noise, "noise floor", {}});
    }
    if (forest.gate) {
        chart.rules.push_back(
            gate_at(*forest.gate * 100, "gate " + gate_text(*forest.gate, forest.unit)));
    }
    if (const std::size_t left_out = forest.rows.size() - shown + forest.more; left_out > 0) {
        chart.notes.push_back(std::to_string(left_out) + " more cases are not drawn");
    }
    const double subtitle = forest.subtitle.empty() ? 0 : 15;
    chart.size.height = kForestAround +
                        kForestRow * static_cast<double>(std::max<std::size_t>(shown, 2)) +
                        subtitle;
    return chart;
}

} // namespace assay::charts
