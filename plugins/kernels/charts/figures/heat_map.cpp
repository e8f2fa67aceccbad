#include "charts/figures/heat_map.hpp"

#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::charts {
namespace {

constexpr double kFieldHeight = 26;

// Of all values, as they are shaded.
class Shades {
public:
    explicit Shades(const HeatMap& map)
        : log_(map.log) {
        for (const double value : map.values) {
            if (const double shade = shade_of(value); std::isfinite(shade)) {
                low_ = any_ ? std::min(low_, shade) : shade;
                high_ = any_ ? std::max(high_, shade) : shade;
                least_ = any_ ? std::min(least_, value) : value;
                most_ = any_ ? std::max(most_, value) : value;
                any_ = true;
            }
        }
    }

    [[nodiscard]] double share_of(double value) const {
        const double shade = shade_of(value);
        // Halves: the difference of two large numbers of different signs stays one.
        return high_ > low_ ? (shade / 2 - low_ / 2) / (high_ / 2 - low_ / 2) : shade - shade + 0.5;
    }

    [[nodiscard]] bool any() const { return any_; }

    [[nodiscard]] double least() const { return least_; }

    [[nodiscard]] double most() const { return most_; }

private:
    [[nodiscard]] double shade_of(double value) const {
        if (!std::isfinite(value) || (log_ && value <= 0)) {
            return std::numeric_limits<double>::quiet_NaN();
        }
        return log_ ? std::log10(value) : value;
    }

    bool log_, any_ = false;
    double low_ = 0, high_ = 0, least_ = 0, most_ = 0;
};

} // namespace

Chart heat_map_chart(const HeatMap& map) {
    Chart chart;
    chart.title = map.title;
    chart.empty = "nothing was measured";
    chart.x = {.title = map.x_title,
               .scale = Scale::category,
               .categories = {map.columns.begin(), map.columns.end()}};
    chart.y = {.title = map.y_title,
               .scale = Scale::category,
               .categories = {map.rows.begin(), map.rows.end()}};
    const Shades shades(map);
    const std::size_t rows = map.rows.size();
    chart.size = {720, 110 + kFieldHeight * static_cast<double>(std::max<std::size_t>(rows, 2))};
    if (!shades.any()) {
        return chart;
    }
    const std::string from_to =
        value_text(shades.least(), map.unit) + " to " + value_text(shades.most(), map.unit);
    Cells cells{.name = map.metric + ", " + from_to};
    for (std::size_t i = 0; i < rows * map.columns.size(); ++i) {
        const std::size_t row = i / map.columns.size();
        const std::size_t column = i % map.columns.size();
        const double value =
            i < map.values.size() ? map.values[i] : std::numeric_limits<double>::quiet_NaN();
        cells.cells.push_back(
            {static_cast<double>(column),
             static_cast<double>(row),
             shades.share_of(value),
             value_text(value, map.unit, 3),
             map.rows[row] + ", " + map.columns[column] + ": " + value_text(value, map.unit)});
    }
    chart.series.emplace_back(std::move(cells));
    chart.description = map.metric + " over " + std::to_string(rows) + " rows and " +
                        std::to_string(map.columns.size()) + " columns, " + from_to + ".";
    return chart;
}

} // namespace assay::charts
