#include "app/history/instant.hpp"

#include "app/value_text.hpp"
#include "history/timestamp.hpp"

#include <algorithm>
#include <limits>

namespace assay::app {
namespace {

// Zero: no unit of age.
std::int64_t age_unit(char letter) noexcept {
    switch (letter) {
    case 'm':
        return 60 * kNanosecondsPerSecond;
    case 'h':
        return 3600 * kNanosecondsPerSecond;
    case 'd':
        return kNanosecondsPerDay;
    case 'w':
        return 7 * kNanosecondsPerDay;
    default:
        return 0;
    }
}

std::optional<std::int64_t> age_from(std::string_view text) {
    if (text.empty() || age_unit(text.back()) == 0) {
        return std::nullopt;
    }
    constexpr std::uint64_t kMost = 15'000; // as weeks still within 64 bits of nanoseconds
    const std::optional<std::uint64_t> count = count_from(text.substr(0, text.size() - 1));
    if (!count) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(std::min(*count, kMost)) * age_unit(text.back());
}

} // namespace

std::string date_text(std::int64_t nanoseconds) {
    std::string text =
        history::timestamp_text(nanoseconds).substr(0, sizeof "2026-11-21T18:03:05" - 1);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

Result<std::int64_t> instant_from(std::string_view text, std::int64_t now) {
    if (const std::optional<std::int64_t> age = age_from(text)) {
        return now - *age;
    }
    for (const char* const rest : {"", "T00:00:00Z"}) { // a date alone is its midnight
        if (const auto instant = history::parse_timestamp(std::string(text) + rest)) {
            return instant->unix_ns;
        }
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "'" + std::string(text) + "' is no point in time",
                 .hint = "write a date from 1970 to 2261 such as 2026-11-21 or "
                         "2026-11-21T18:03:05Z, or how long ago: 36h, 14d, 2w"};
}

Result<std::int64_t> instant_ahead_from(std::string_view text, std::int64_t now) {
    if (text == "now") {
        return now;
    }
    if (const std::optional<std::int64_t> length = age_from(text)) {
        return now + std::min(*length, std::numeric_limits<std::int64_t>::max() - now);
    }
    const Result<std::int64_t> instant = instant_from(text, now);
    if (instant && *instant > now) {
        return instant;
    }
    return Error{.kind = ErrorKind::usage,
                 .message = text.empty() ? "until when?"
                            : instant    ? "'" + std::string(text) + "' is past"
                                         : "'" + std::string(text) + "' is no point in time",
                 .hint = "--until with a date to come such as 2026-12-21 or 2026-12-21T18:00:00Z, "
                         "or how long from now: 36h, 14d, 2w"};
}

} // namespace assay::app
