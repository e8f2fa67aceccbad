#include "verdict/merge_base.hpp"

#include <algorithm>

namespace assay::verdict {
namespace {

// How many that count stand in the newest segment of `points`.
std::size_t counting_in_segment(std::span<const StoredPoint> points) {
    std::size_t count = 0;
    for (const StoredPoint& point : points) {
        count = (point.opens_segment ? 0 : count) + (counts(point) ? 1 : 0);
    }
    return count;
}

} // namespace

std::vector<StoredPoint> before_leaving(std::span<const StoredPoint> points,
                                        const std::string& merge_base,
                                        std::size_t needed) {
    const auto last = std::find_if(points.rbegin(), points.rend(), [&](const StoredPoint& point) {
        return point.sha == merge_base;
    });
    if (merge_base.empty() || last == points.rend()) {
        return {};
    }
    auto end = static_cast<std::size_t>(points.rend() - last);
    std::size_t have = counting_in_segment(points.first(end));
    while (have < needed && end < points.size() && !points[end].opens_segment) {
        have += counts(points[end]) ? 1 : 0;
        ++end;
    }
    const auto reference = points.first(end);
    return {reference.begin(), reference.end()};
}

} // namespace assay::verdict
