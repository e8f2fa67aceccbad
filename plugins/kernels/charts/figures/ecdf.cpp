#include "charts/figures/distribution.hpp"
#include "charts/figures/quantile.hpp"
#include "charts/unit_scale.hpp"

namespace assay::charts {
namespace {

// A share of the samples is at most as large as x: a step up at every sample, from 0 % to 100 %.
Line curve_of(const std::vector<double>& sorted, std::string name, Role role) {
    Line line{.name = std::move(name), .role = role, .steps = true};
    const auto n = static_cast<double>(sorted.size());
    if (!sorted.empty()) {
        line.points.push_back({sorted.front(), 0});
    }
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        line.points.push_back({sorted[i], 100 * static_cast<double>(i + 1) / n});
    }
    return line;
}

} // namespace

Chart ecdf_chart(const Distribution& distribution) {
    Chart chart;
    chart.title = distribution.title;
    chart.empty = "no samples";
    chart.x = {.title = distribution.metric, .unit = distribution.unit};
    chart.y = {.title = "samples at most that large", .unit = "%", .low = 0, .high = 100};
    const std::vector<double> now = sorted_numbers(distribution.samples);
    const std::vector<double> before = sorted_numbers(distribution.baseline);
    if (!before.empty()) {
        chart.series.emplace_back(curve_of(before, distribution.baseline_name, Role::neutral));
    }
    if (now.empty()) {
        return chart;
    }
    chart.series.emplace_back(curve_of(now, before.empty() ? "" : distribution.name, Role::accent));
    chart.description = std::to_string(now.size()) + " samples: half are at most " +
                        value_text(quantile(now, 0.5), distribution.unit) + ", 95 % at most " +
                        value_text(quantile(now, 0.95), distribution.unit) + ".";
    return chart;
}

} // namespace assay::charts
