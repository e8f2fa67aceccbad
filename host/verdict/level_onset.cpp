#include "verdict/level_onset.hpp"

#include <algorithm>
#include <cmath>

namespace assay::verdict {

std::size_t runs_at_level(std::span<const RunFigure> before, double figure, double center) {
    const double half = std::log(figure / center) / 2;
    const auto is_nearer = [&](const RunFigure& one) {
        const double change = std::log(one.figure / center);
        return half > 0 ? change > half : change < half;
    };
    const auto last = std::find_if_not(before.rbegin(), before.rend(), is_nearer);
    return static_cast<std::size_t>(last - before.rbegin());
}

std::optional<std::string>
level_onset(std::span<const RunFigure> before, double figure, double center) {
    const std::size_t runs = runs_at_level(before, figure, center);
    if (runs == 0) {
        return std::string();
    }
    return runs == before.size() ? std::nullopt : std::optional(before[before.size() - runs].run);
}

} // namespace assay::verdict
