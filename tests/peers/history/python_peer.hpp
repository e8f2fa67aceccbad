// The same lines read by Python's sqlite3, which is what a script of a few lines would use.
//
//   std::optional<double> s = python_reads(file, 200, 500);   // nothing: this machine has no
//   python3
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

} // namespace assay::history::measured
