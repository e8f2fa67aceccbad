#include "charts/figures/cache_effectiveness.hpp"

#include "charts/figures/bar_chart.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <vector>

namespace assay::charts {
namespace {

std::string floor_label(double floor) {
    return "least " + value_text(floor * 100, "%", 3);
}

} // namespace

Chart cache_by_size_chart(const CacheBySize& cache) {
    Chart chart;
    chart.title = cache.title;
    chart.empty = "no hit ratio was measured";
    chart.x = {.title = "cache size", .unit = cache.size_unit, .scale = Scale::log};
    chart.y = {.title = "hits of all lookups", .unit = "%", .low = 0, .high = 100};
    for (std::size_t i = 0; i < cache.curves.size(); ++i) {
        const CacheCurve& curve = cache.curves[i];
        Line line{.name = curve.name, .role = series_role(i), .markers = true};
        const std::size_t points = std::min(curve.sizes.size(), curve.hit_ratios.size());
        for (std::size_t k = 0; k < points; ++k) {
            const double percent = curve.hit_ratios[k] * 100;
            line.points.push_back({curve.sizes[k],
                                   percent,
                                   Look::filled,
                                   curve.name + ", " + value_text(curve.sizes[k], cache.size_unit) +
                                       ": " + value_text(percent, "%")});
        }
        chart.series.emplace_back(std::move(line));
    }
    if (cache.size_now) {
        chart.rules.push_back({Along::x,
                               *cache.size_now,
                               Dash::dashed,
                               Role::dim,
                               "now " + value_text(*cache.size_now, cache.size_unit),
                               {}});
    }
    if (cache.floor) {
        chart.rules.push_back(limit_at(*cache.floor * 100, floor_label(*cache.floor)));
    }
    chart.description = "Share of hits against the size of the cache, " +
                        std::to_string(cache.curves.size()) +
                        (cache.curves.size() == 1 ? " curve." : " curves.");
    return chart;
}

Chart cache_by_layer_chart(const CacheByLayer& cache) {
    std::vector<BarRow> rows;
    for (const CacheLayer& layer : cache.layers) {
        BarRow row{.name = layer.name, .value = layer.hit_ratio * 100};
        if (layer.lookups > 0) {
            row.name += " (" + value_text(layer.lookups, "{lookups}", 3) + ")";
        }
        rows.push_back(std::move(row));
    }
    BarFigure figure{
        .title = cache.title, .metric = "hits of all lookups", .unit = "%", .rows = rows};
    figure.most = 100;
    Chart chart = bar_chart(figure);
    chart.empty = "no hit ratio was measured";
    if (cache.floor) {
        Rule rule = gate_at(*cache.floor * 100, floor_label(*cache.floor));
        rule.dash = Dash::dotted;
        chart.rules.push_back(std::move(rule));
    }
    return chart;
}

} // namespace assay::charts
