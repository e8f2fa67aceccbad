// Names by pattern: "*_latency", "p9?", "v1.*".
//
//   matches_pattern("*_latency", "query_latency")   // true
//
// `*` is any text, `?` one character, anything else itself. Pure; any thread.
#pragma once

#include <string_view>

namespace assay::verdict {

[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view name) noexcept;

// Whether it is a pattern at all, not one name.
[[nodiscard]] bool is_pattern(std::string_view text) noexcept;

} // namespace assay::verdict
