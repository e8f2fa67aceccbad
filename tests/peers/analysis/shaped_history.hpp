// A history of one platform and branch, all series of one shape, to measure an analysis with.
//
//   record_history(folder / "history.db", {.shape = Shape::stepped, .series = 500, .runs = 500});
//
// One thread.
#pragma once

#include <cstddef>
#include <string>

namespace assay::tracking::measured {

enum class Shape {
    flat,
    stepped,  // 10 % more in every second hundred of runs
    climbing, // by 20 % from the first run to the last
    waving,   // 10 % up and down, once in the history
};

struct HistoryShape {
    Shape shape = Shape::flat;
    std::size_t series = 500, runs = 500;
};

// Noise of 2 %, seeded: the same history every time. Throws where it cannot be written.
void record_history(const std::string& file, const HistoryShape& shape);

} // namespace assay::tracking::measured
