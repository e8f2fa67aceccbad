// The same work by Python's sqlite3, which is what a script of a few lines would use.
//
//   std::optional<double> s = python_reads(file, 200, 500);   // nothing: this machine has no
//   python3
//   std::optional<double> rate = python_writes(file, {.batches = 20, .runs = 50, .points = 200});
//
// Seconds of one look: run, centre, status and flags of the newest `points` points of each of the
// first `series` series, the median of five after one that does not count.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace assay::history::measured {

[[nodiscard]] std::optional<double>
python_reads(const std::string& file, std::size_t series, std::size_t points);

struct Rows {
    std::size_t batches = 0, runs = 0, points = 0; // runs of a batch, points of a run
};

// Points per second that are written to a new file: batches of one transaction each, a row of 15
// columns and 240 bytes of samples for each point, into two tables with our keys and settings. A
// floor of this machine rather than a peer: no names are looked up, nothing is checked, and the
// samples are bytes already.
[[nodiscard]] std::optional<double> python_writes(const std::string& file, const Rows& rows);

} // namespace assay::history::measured
