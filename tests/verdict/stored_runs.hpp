// Recorded runs as tests need them.
#pragma once

#include "verdict/lattice.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace assay::verdict {

// Runs of those figures, oldest first, with uuids "run-0", "run-1"...
inline std::vector<StoredPoint> runs_of(const std::vector<double>& figures) {
    std::vector<StoredPoint> points;
    for (const double figure : figures) {
        points.push_back({.run = "run-" + std::to_string(points.size()), .figure = figure});
    }
    return points;
}

// `n` runs about `center` that differ by `spread` of it to either side, in turns.
inline std::vector<double> around(double center, double spread = 0.01, std::size_t n = 12) {
    std::vector<double> figures;
    for (std::size_t i = 0; i < n; ++i) {
        const double side = i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : -1;
        figures.push_back(center * (1 + side * spread));
    }
    return figures;
}

inline BaselineChoice segment_over(const std::vector<double>& figures) {
    return choose_baseline(runs_of(figures), {});
}

inline SeriesKind seconds() {
    return {.unit = "s", .direction = measure::Direction::lower};
}

} // namespace assay::verdict
