// The detector of Mozilla's Perfherder: at every place a t of the values before against the next
// twelve, those nearer to the place counting more; peaks above 7 are changes.
//
//   for (const WeightedTPeak& peak : weighted_t_peaks(series)) { ... peak.index ... }
//
// It says nothing before twelve values of the new level are there. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

struct WeightedTPeak {
    std::size_t index = 0;
    double t = 0;
};

[[nodiscard]] std::vector<WeightedTPeak> weighted_t_peaks(std::span<const double> series);

} // namespace assay::statistics
