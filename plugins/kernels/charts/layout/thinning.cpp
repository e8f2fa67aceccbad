#include "charts/layout/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

std::size_t end_of_column(const auto& places, std::size_t begin) {
    const double column = std::floor(places[begin].x);
    std::size_t end = begin + 1;
    while (end < places.size() && std::floor(places[end].x) == column) {
        ++end;
    }
    return end;
}

} // namespace

std::vector<Place> thinned(std::vector<Place> places, double width) {
    if (static_cast<double>(places.size()) <= 4 * width) {
        return places;
    }
    std::vector<Place> kept;
    for (std::size_t begin = 0; begin < places.size();) {
        const std::size_t end = end_of_column(places, begin);
        const auto first = places.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = places.begin() + static_cast<std::ptrdiff_t>(end);
        const auto [low, high] = std::minmax_element(
            first, last, [](const Place& one, const Place& other) { return one.y < other.y; });
        std::vector<std::ptrdiff_t> indices{0, low - first, high - first, last - first - 1};
        std::sort(indices.begin(), indices.end());
        indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
        for (const std::ptrdiff_t index : indices) {
            kept.push_back(first[index]);
        }
        begin = end;
    }
    return kept;
}

std::vector<BandPlace> thinned(std::vector<BandPlace> places, double width) {
    if (static_cast<double>(places.size()) <= 2 * width) {
        return places;
    }
    std::vector<BandPlace> kept;
    for (std::size_t begin = 0; begin < places.size();) {
        const std::size_t end = end_of_column(places, begin);
        BandPlace column = places[begin];
        for (std::size_t i = begin + 1; i < end; ++i) {
            // Pixels go down: the low end of a value is the larger one.
            column.low = std::max(column.low, places[i].low);
            column.high = std::min(column.high, places[i].high);
        }
        kept.push_back(column);
        begin = end;
    }
    return kept;
}

} // namespace assay::charts
