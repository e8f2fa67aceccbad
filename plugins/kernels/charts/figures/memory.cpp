#include "charts/figures/memory.hpp"

#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

std::string grown_text(const MemorySeries& series) {
    const auto is_number = [](double bytes) { return std::isfinite(bytes); };
    const auto first = std::find_if(series.bytes.begin(), series.bytes.end(), is_number);
    const auto last = std::find_if(series.bytes.rbegin(), series.bytes.rend(), is_number);
    if (first == series.bytes.end()) {
        return {};
    }
    return (series.name.empty() ? "From " : series.name + ": from ") + value_text(*first, "By") +
           " to " + value_text(*last, "By") + ".";
}

} // namespace

Chart memory_over_time_chart(const MemoryOverTime& memory) {
    Chart chart;
    chart.title = memory.title;
    chart.empty = "no memory was measured";
    chart.x = memory.by_date ? Axis{.title = "date (UTC)", .scale = Scale::time}
                             : Axis{.title = "time", .unit = "s"};
    // From zero: what grows by a percent should not look as if it doubled.
    chart.y = {.title = memory.metric, .unit = "By", .from_zero = true};
    for (std::size_t i = 0; i < memory.series.size(); ++i) {
        const MemorySeries& series = memory.series[i];
        Line line{.name = memory.series.size() == 1 ? "" : series.name, .role = series_role(i)};
        const std::size_t points = std::min(series.seconds.size(), series.bytes.size());
        for (std::size_t k = 0; k < points; ++k) {
            line.points.push_back({series.seconds[k], series.bytes[k]});
        }
        line.markers = memory.by_date;
        chart.series.emplace_back(std::move(line));
        const std::string grown = grown_text(series);
        chart.description += (chart.description.empty() || grown.empty() ? "" : " ") + grown;
    }
    if (memory.limit) {
        chart.rules.push_back(limit_at(*memory.limit, "limit " + value_text(*memory.limit, "By")));
    }
    return chart;
}

Chart memory_by_case_chart(const MemoryByCase& memory) {
    Chart chart = bar_chart({.title = memory.title,
                             .subtitle = memory.subtitle,
                             .metric = memory.metric,
                             .unit = "By",
                             .rows = memory.rows,
                             .limit = memory.limit,
                             .more = memory.more});
    chart.empty = "no memory was measured";
    return chart;
}

} // namespace assay::charts
