#include "charts/figures/forest.hpp"

#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kForestRow = 20;
constexpr double kForestAround = 96; // titles and axis

std::string note_of(const ForestRow& row) {
    std::string note = (row.full.empty() ? row.name : row.full) + ": " + change_text(row.change);
    if (std::isfinite(row.low) && std::isfinite(row.high)) {
        note += " [" + change_text(row.low) + ", " + change_text(row.high) + "]";
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
    chart.x = {.title = forest.axis, .unit = "%", .is_signed = true};
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
                                       note_of(row)});
    }
    chart.series.emplace_back(std::move(intervals));
    chart.rules.push_back({Along::x, 0, Dash::solid, Role::dim, {}, "no change"});
    if (forest.noise_floor) {
        const double floor = std::abs(*forest.noise_floor) * 100;
        chart.spans.push_back({Along::x, -floor, floor, Role::noise, "noise floor", {}});
    }
    if (forest.gate) {
        chart.rules.push_back(gate_at(*forest.gate * 100, "gate " + change_text(*forest.gate)));
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
