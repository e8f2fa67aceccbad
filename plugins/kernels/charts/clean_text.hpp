// Text of foreign origin made fit for a picture: valid UTF-8 that XML can hold, and nothing that is
// obeyed instead of shown.
//
//   clean_text("a\tb\xff\x1b[31m")   // "a b\uFFFD\uFFFD[31m"
//
// Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::charts {

// One code point at the front of a text. length 0: the first byte begins no valid sequence.
struct CodePoint {
    char32_t code = 0;
    std::size_t length = 0;
};

[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

// Line breaks and tabs become spaces. Bytes that are no UTF-8, control characters, marks of
// direction, invisible characters and what is no character become U+FFFD. At most kTextBytesMax
// stay.
[[nodiscard]] std::string clean_text(std::string_view text);

inline constexpr std::size_t kTextBytesMax = 2000; // no name that a person reads is longer

} // namespace assay::charts
