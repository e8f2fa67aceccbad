// One comparison as it was made: a line of records.jsonl. The tables are computed from these lines
// and from nothing else, so that a run can be continued, and doubted.
//
//   append_record(path, record);
//   for (const Record& record : *load_records(path)) ...
//
// One thread.
#pragma once

#include "support/json.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace proof {

inline constexpr const char* kAssay = "assay";
inline constexpr const char* kGoogleBenchmark = "google_benchmark";

// The verdicts of one comparison's cases.
struct Verdicts {
    std::int64_t slower = 0, faster = 0, same = 0, undecided = 0;
};

// Google Benchmark's comparison in one clock.
struct PeerFinding {
    double p = 1;
    double ratio = 1; // median of the new repetitions / median of the old ones
};

struct Record {
    std::string cell, method;
    std::int64_t index = 0; // from 0, per cell and method
    std::string started;    // UTC
    double load = 0;        // of the last minute, when it started
    double seconds = 0;     // wall time of the whole comparison, everything included
    std::string failure;    // why it gave no verdict, or empty

    // Assay
    std::string verdict;              // of the case that matters
    Verdicts others;                  // of the rest, where there are many
    std::optional<double> ratio = {}; // new / old
    std::int64_t pairs = 0;
    std::string null_control, positive_control;
    // Google Benchmark
    std::optional<PeerFinding> real_time = {}, cpu_time = {};
    // The overhead programs' own words.
    std::string text;
    bool passed = false;
};

[[nodiscard]] assay::json::object record_object(const Record& record);
[[nodiscard]] assay::Result<Record> record_from(const assay::json::value& value);

// Creates the file; a line is written whole or, after a crash, not read.
[[nodiscard]] assay::Status append_record(const std::string& path, const Record& record);

// No file: no records. A last line without an end is left out; any other bad line is an error.
[[nodiscard]] assay::Result<std::vector<Record>> load_records(const std::string& path);

} // namespace proof
