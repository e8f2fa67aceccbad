// The values of options as text: what each ValueKind accepts, and what it means.
//
//   auto timeout = duration_from("90s");          // 90'000 ms
//   auto wrong = complaint_about(ValueKind::shard, "9/8"); // "expected I/N with 1 <= I <= N"
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::app {

std::optional<std::uint64_t> count_from(std::string_view text);

// Longer deadlines than a week are typing mistakes.
inline constexpr std::chrono::hours kDurationMax{24 * 7};

// "1500ms", "90s", "2m", "1h", "0.5"; more than 0, at most kDurationMax.
std::optional<std::chrono::milliseconds> duration_from(std::string_view text);

struct ShardText {
    std::uint32_t index = 1, count = 1;
};

std::optional<ShardText> shard_from(std::string_view text);

// Why `text` is not a value of that kind, as "expected ..."; nothing when it is one.
std::optional<std::string> complaint_about(ValueKind kind, std::string_view text);

} // namespace assay::app
