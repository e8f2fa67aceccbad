// Points in time as documents write them, in nanoseconds UTC since 1970 and back.
//
//   parse_timestamp("2026-11-21T10:00:00.250+01:00")->unix_ns
//   timestamp_text(unix_ns)        // "2026-11-21T09:00:00.250Z"
//
// Pure; callable from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::history {

struct Timestamp {
    std::int64_t unix_ns = 0;
    bool zone_assumed = false; // the text names none: read as UTC
};

// ISO 8601: date, 'T' or a space, time with or without a fraction, zone. Nothing else.
std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

// Seconds since 1970; nothing outside the years 1970 to 2262, as milliseconds are by mistake.
std::optional<std::int64_t> from_unix_seconds(double seconds) noexcept;

// As many digits of the second as it needs, at least three.
std::string timestamp_text(std::int64_t unix_ns);

// Clocks of machines differ by this much; what lies further ahead is a wrong clock or a slip.
inline constexpr std::int64_t kClockSlackNs = 600'000'000'000;

constexpr bool is_in_future(std::int64_t instant, std::int64_t now) noexcept {
    return instant > now + kClockSlackNs;
}

} // namespace assay::history
