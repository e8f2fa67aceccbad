#include "tracking/point_statistic.hpp"

#include <algorithm>

namespace assay::tracking {

std::string_view name_of(PointStatistic statistic) noexcept {
    switch (statistic) {
    case PointStatistic::median:
        break;
    case PointStatistic::p95:
        return "p95";
    case PointStatistic::p99:
        return "p99";
    case PointStatistic::min:
        return "min";
    case PointStatistic::max:
        return "max";
    case PointStatistic::spread:
        return "spread";
    }
    return "median";
}

std::optional<PointStatistic> point_statistic_named(std::string_view name) noexcept {
    const auto* const found =
        std::ranges::find_if(kPointStatistics, [name](auto one) { return name_of(one) == name; });
    return found == kPointStatistics.end() ? std::nullopt : std::optional(*found);
}

std::optional<double> figure_of(const history::Figures& figures,
                                PointStatistic statistic) noexcept {
    switch (statistic) {
    case PointStatistic::median:
        break;
    case PointStatistic::p95:
        return figures.p95;
    case PointStatistic::p99:
        return figures.p99;
    case PointStatistic::min:
        return figures.min;
    case PointStatistic::max:
        return figures.max;
    case PointStatistic::spread:
        return figures.spread;
    }
    return figures.center;
}

Error untold(PointStatistic statistic, std::size_t series, const std::string& where) {
    const std::string name(name_of(statistic));
    return {.kind = ErrorKind::missing,
            .message = "none of the " + std::to_string(series) + " series that match in " + where +
                       " tells its " + name,
            .hint = "whoever measured them did not say it. Some importers make percentiles metrics "
                    "of their own (--metric p90): 'assay history show' lists them"};
}

} // namespace assay::tracking
