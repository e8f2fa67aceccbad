#include "verdict/level_onset.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace assay::verdict {

std::optional<std::string>
level_onset(std::span<const RunFigure> before, double figure, double center) {
    const double half = std::log(figure / center) / 2;
    const auto is_nearer = [&](const RunFigure& one) {
        const double change = std::log(one.figure / center);
        return half > 0 ? change > half : change < half;
    };
    const auto last = std::find_if_not(before.rbegin(), before.rend(), is_nearer);
    if (last == before.rbegin()) {
        return std::string();
    }
    return last == before.rend() ? std::nullopt : std::optional(std::prev(last)->run);
}

} // namespace assay::verdict
