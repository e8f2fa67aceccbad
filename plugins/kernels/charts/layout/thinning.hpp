// More points than pixels: of each column of pixels the first, the lowest, the highest and the last
// stay, so that the picture is the same and no peak is lost.
//
//   places = thinned(places, plot.width);
//
// Pure.
#pragma once

#include "charts/display.hpp"

#include <vector>

namespace assay::charts {

// Unchanged where there are no more than four for each pixel of the width.
[[nodiscard]] std::vector<Place> thinned(std::vector<Place> places, double width);

struct BandPlace {
    double x = 0, low = 0, high = 0;
};

// The same for an area: of each column its whole height.
[[nodiscard]] std::vector<BandPlace> thinned(std::vector<BandPlace> places, double width);

} // namespace assay::charts
