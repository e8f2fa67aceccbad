// Points in time of the history (nanoseconds UTC since 1970), as tables show them and people type
// them.
//
//   std::string text = date_text(run.started);              // "2026-11-21 18:03:05"
//   Result<std::int64_t> since = instant_from("14d", now);  // so long before now
//
// Pure; callable from any thread.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::app {

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kNanosecondsPerDay = 86'400 * kNanosecondsPerSecond;

// UTC, to the second: what a column of a table has room for.
std::string date_text(std::int64_t nanoseconds);

// A date or an ISO 8601 time, UTC where it names no zone; or so long ago: "90m", "36h", "14d",
// "2w". Errors: usage.
Result<std::int64_t> instant_from(std::string_view text, std::int64_t now);

// A date or a time as above, or so long from now: "36h", "14d", "2w"; "now" is now. Errors: usage,
// also for what is past.
Result<std::int64_t> instant_ahead_from(std::string_view text, std::int64_t now);

} // namespace assay::app
