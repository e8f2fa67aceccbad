#include "charts/figures/sparkline.hpp"

#include "charts/figures/quantile.hpp"
#include "charts/unit_scale.hpp"

namespace assay::charts {

Chart sparkline_chart(const Sparkline& sparkline) {
    Chart chart;
    chart.title = sparkline.title;
    chart.bare = true;
    chart.size = sparkline.size;
    Line line{.role = Role::neutral};
    Dots newest{.role = sparkline.tone == Tone::same ? Role::text : role_of(sparkline.tone)};
    for (std::size_t i = 0; i < sparkline.values.size(); ++i) {
        line.points.push_back({static_cast<double>(i), sparkline.values[i]});
        if (std::isfinite(sparkline.values[i])) {
            newest.points = {line.points.back()};
        }
    }
    const std::vector<double> sorted = sorted_numbers(sparkline.values);
    if (!sorted.empty()) {
        chart.description = std::to_string(sorted.size()) +
                            (sorted.size() == 1 ? " run, " : " runs, ") +
                            value_text(sorted.front(), sparkline.unit) + " to " +
                            value_text(sorted.back(), sparkline.unit) + ", last " +
                            value_text(newest.points.front().y, sparkline.unit) + ".";
    }
    chart.series.emplace_back(std::move(line));
    chart.series.emplace_back(std::move(newest));
    return chart;
}

} // namespace assay::charts
