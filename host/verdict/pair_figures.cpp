#include "verdict/pair_figures.hpp"

#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::verdict {
namespace {

double lowest_decile(std::span<const double> times) {
    std::vector<double> sorted(times.begin(), times.end());
    std::ranges::sort(sorted);
    return statistics::quantile_sorted(sorted, 0.1);
}

} // namespace

std::optional<PairFigures> pair_figures(std::span<const double> old_times,
                                        std::span<const double> new_times) {
    if (old_times.empty() || old_times.size() != new_times.size()) {
        return std::nullopt;
    }
    std::vector<double> ratios;
    for (std::size_t i = 0; i < old_times.size(); ++i) {
        if (!(old_times[i] > 0) || !(new_times[i] > 0)) {
            return std::nullopt;
        }
        ratios.push_back(std::log(new_times[i] / old_times[i]));
    }
    return PairFigures{.x = statistics::median(ratios),
                       .quiet = std::log(lowest_decile(new_times) / lowest_decile(old_times))};
}

} // namespace assay::verdict
