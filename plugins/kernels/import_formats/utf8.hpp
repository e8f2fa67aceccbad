// UTF-8: whether a text is, and how a code point is written in it.
//
//   if (!is_utf8(line)) throw assay::damaged(...);
//
// Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::import_formats {

// No overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

void append_utf8(std::string& out, std::uint32_t code_point);

} // namespace assay::import_formats
