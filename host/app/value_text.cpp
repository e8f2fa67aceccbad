#include "app/value_text.hpp"

#include "support/text.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace assay::app {

std::optional<std::uint64_t> count_from(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    // Seeds and counts travel through JSON as int64.
    constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() ||
        number > kLargest) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::chrono::milliseconds> duration_from(std::string_view text) {
    const std::size_t unit_at = text.find_first_not_of("0123456789.");
    const std::string_view unit =
        unit_at == std::string_view::npos ? std::string_view{} : text.substr(unit_at);
    double unit_ms = 0;
    if (unit.empty() || unit == "s") {
        unit_ms = 1e3;
    } else if (unit == "ms") {
        unit_ms = 1;
    } else if (unit == "m" || unit == "min") {
        unit_ms = 60e3;
    } else if (unit == "h") {
        unit_ms = 3600e3;
    } else {
        return std::nullopt;
    }
    const std::optional<double> number = to_double(text.substr(0, unit_at));
    const double longest_ms = static_cast<double>(std::chrono::milliseconds(kDurationMax).count());
    if (!number || !std::isfinite(*number) || *number * unit_ms < 1 ||
        *number * unit_ms > longest_ms) {
        return std::nullopt;
    }
    return std::chrono::milliseconds(std::llround(*number * unit_ms));
}

std::optional<ShardText> shard_from(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const std::optional<std::uint64_t> index = count_from(text.substr(0, slash));
    const std::optional<std::uint64_t> count = count_from(text.substr(slash + 1));
    constexpr std::uint64_t kShardsMax = 1'000'000; // more shards than any run has cases
    if (!index || !count || *index < 1 || *index > *count || *count > kShardsMax) {
        return std::nullopt;
    }
    return ShardText{.index = static_cast<std::uint32_t>(*index),
                     .count = static_cast<std::uint32_t>(*count)};
}

std::optional<std::string> complaint_about(ValueKind kind, std::string_view text) {
    switch (kind) {
    case ValueKind::text:
        return std::nullopt;
    case ValueKind::count:
        return count_from(text) ? std::nullopt
                                : std::optional<std::string>("expected a whole number, 0 or more");
    case ValueKind::duration:
        return duration_from(text)
                   ? std::nullopt
                   : std::optional<std::string>("expected a time such as 90s, 1500ms or 2m");
    case ValueKind::shard:
        return shard_from(text)
                   ? std::nullopt
                   : std::optional<std::string>("expected I/N with 1 <= I <= N, such as 2/8");
    case ValueKind::file:
    case ValueKind::folder:
        return text.empty() ? std::optional<std::string>("expected a path") : std::nullopt;
    }
    return std::nullopt;
}

} // namespace assay::app
