// Numbers as tools print them, read exactly or not at all.
//
//   read_number("0.0125")        // 0.0125
//   read_grouped("1,431,759")    // 1431759
//   read_number("12 ns")         // nothing: not all of it is a number
//
// Pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace assay::import_formats {

// Decimal, with or without exponent. Too large for a double: an infinity, for the caller to refuse.
// "nan" and "inf" are no numbers here.
[[nodiscard]] std::optional<double> read_number(std::string_view text) noexcept;

// The same with thousands separators: groups of three digits, by ',' or '_'.
[[nodiscard]] std::optional<double> read_grouped(std::string_view text);

// Whether it may stand in a number: digits, signs, '.', 'e', 'E'.
[[nodiscard]] constexpr bool is_number_byte(char c) noexcept {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

} // namespace assay::import_formats
