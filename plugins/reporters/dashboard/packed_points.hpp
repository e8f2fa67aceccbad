// The figures of a series in few bytes, for the page's script to unpack (page/points.js).
//
//   Packed packed = pack(values);         // {"step": 1e-9, "text": "..."} : 2.7 bytes a value
//   std::string ends = pack_widths(low, center, high, range);
//
// Values become whole steps of a power of ten (1, 2 or 5 of them) and are written as differences in
// zig-zag varints in base64; counts stay exact, other figures are told to at least 4.6 digits. Ends
// of intervals are one character each. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace dashboard_reporter {

struct Packed {
    double step = 1;
    std::string text; // base64
};

// Finite values; nothing else has a place in it.
[[nodiscard]] Packed pack(std::span<const double> values);

struct WidthRange {
    double least = 0, most = 0; // of half widths above 0
};

struct PackedWidths {
    WidthRange range;
    std::string text; // for each value two characters of kDigits: below it and above; none: empty
};

// How far the ends of intervals are from their values. Character 0: there is no interval; 1: the
// end is the value; 2 to 63: from the least to the most, each more by the same factor.
[[nodiscard]] PackedWidths pack_widths(std::span<const double> low,
                                       std::span<const double> center,
                                       std::span<const double> high);

// The characters of base64, in their order.
inline constexpr char kDigits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

[[nodiscard]] std::string base64(std::span<const std::uint8_t> bytes);

} // namespace dashboard_reporter
