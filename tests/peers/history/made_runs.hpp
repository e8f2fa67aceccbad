// Runs to measure the history with: made once, renewed between recordings, so that making them
// costs next to nothing.
//
//   MadeRuns runs({.count = 50, .points = 200, .samples = 28});
//   store.record_all(runs.next());
//
// One thread.
#pragma once

#include "history/records.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::history::measured {

struct MadeShape {
    std::size_t count = 1;    // runs at a time
    std::size_t points = 200; // each of another series
    std::size_t samples = 28; // of each point, beside two medians; 0: none
    std::int64_t writer = 0;  // keeps the uuids of several writers apart
};

class MadeRuns {
public:
    explicit MadeRuns(MadeShape shape);

    // The next so many runs, with new uuids, times, commits and figures.
    const std::vector<Run>& next();

private:
    void renew(Run& run);

    MadeShape shape_;
    std::int64_t made_ = 0;
    std::uint64_t random_ = 88'172'645'463'325'252ULL;
    std::vector<Run> runs_;
};

// What the sum of all centres of `runs` runs of `points` points is a check of: their count.
[[nodiscard]] std::int64_t started_of(std::int64_t number);

} // namespace assay::history::measured
