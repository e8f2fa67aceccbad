// What a run has to be before it is recorded, as far as the run alone shows, and what tells one
// delivery of it from another.
//
//   Result<CheckedRun> checked = check(run);   // an error names the metric that is wrong
//   run.metadata["clock"] = *clock_remark(run, {});   // a clock that went backwards is only noted
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::history {

inline constexpr std::size_t kMetricBytesMax = 1024; // a name is read by people
inline constexpr std::size_t kCaseBytesMax = 8192;   // every axis with its value

struct CheckedRun {
    std::vector<std::string> identities; // of the points' series, in their order
    // SHA-256 (32 bytes) over start, commit, platform, figures and failures, in whatever order they
    // came; not over flags, samples and metadata, which may change later.
    std::string content;
};

// Everything of series_key() but the platform, readable by a hash table and cheap.
[[nodiscard]] std::string identity_of(const Series& series);

// Refuses (config): no uuid, no platform, figures or samples that are not finite, figures of what
// did not pass, none of what did, negative times, names that are empty or too long, one series
// twice, a point of another platform than the run's.
[[nodiscard]] Result<CheckedRun> check(const Run& run);

// What the clock did, where it went backwards: within the run, or since the one recorded before it.
[[nodiscard]] std::optional<std::string> clock_remark(const Run& run,
                                                      std::optional<std::int64_t> started_before);

} // namespace assay::history
