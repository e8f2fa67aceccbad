// One comparison as Google Benchmark makes it: its program of the old build, then that of the new
// one, ten repetitions each and everything else by default, and the U test of tools/compare.py over
// the repetitions, in real time and in CPU time.
//
//   Record record = compare_by_google_benchmark(cell, old_program, new_program, folder);
//
// Blocks until both programs have ended; one thread.
#pragma once

#include "cell.hpp"
#include "record.hpp"

#include <filesystem>

namespace proof {

inline constexpr int kPeerRepetitions = 10;
inline constexpr double kPeerAlpha = 0.05;

[[nodiscard]] Record compare_by_google_benchmark(const Cell& cell,
                                                 const std::filesystem::path& old_program,
                                                 const std::filesystem::path& new_program,
                                                 const std::filesystem::path& folder);

// The times of the repetitions in a document of --benchmark_format=json, aggregates left out.
struct Repetitions {
    std::vector<double> real_time, cpu_time;
};

[[nodiscard]] assay::Result<Repetitions> repetitions_in(const assay::json::value& document);

} // namespace proof
