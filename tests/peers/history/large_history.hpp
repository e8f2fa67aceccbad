// What reading costs in a history of millions of points, and how much room they take.
//
//   const LargeResult large = read_large_history({.series = 500, .runs = 20'000});
//
// One thread; needs about 150 bytes per point in the folder for temporary files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace assay::history::measured {

struct Large {
    std::size_t series = 500, runs = 20'000;
    std::string assay = {}; // the program; empty: its commands are not measured
};

struct LargeResult {
    double points_per_s = 0; // while it was filled
    double one_series_s = 0; // every point of a series, store just opened
    // Commands, from their start to their end, the median of five.
    std::optional<double> trend_s = {};  // `history trend` of one series
    std::optional<double> update_s = {}; // `baseline update --dry-run` over all
    double newest_s = 0;                 // the newest 20 points of 500 series
    double last_first_s = 0;             // the last 500 points of 200 series, the first time
    double last_again_s = 0;             // and the median of 5 more
    double last_cpu_s = 0;               // mean CPU time of those 5
    std::optional<double> python_s = {}; // the same points by Python's sqlite3
    double whole_s = 0;                  // the same points with all that is known of each
    double bytes_per_point = 0;          // of the table of points with its indexes
    double gigabytes = 0;                // the file
};

[[nodiscard]] LargeResult read_large_history(const Large& large);

} // namespace assay::history::measured
