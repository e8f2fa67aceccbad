// Where an axis is marked, and what stands there.
//
//   Ticks ticks = linear_ticks({0, 0.00032}, 5, "s");
//   // 0, 100, 200, 300 with unit "µs" for the title of the axis
//
// Labels of a linear axis share one unit; those of a logarithmic one bear their own. Pure
// functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::charts {

struct Range {
    double low = 0, high = 1;
};

struct Tick {
    double at = 0;
    std::string label;
    std::string second; // its day or year, to be written under it where a new one begins
};

struct Ticks {
    std::vector<Tick> marks;
    std::string unit; // for the title of the axis
};

// About `count` at multiples of 1, 2 or 5 times a power of ten. is_signed: "+5 %".
[[nodiscard]] Ticks
linear_ticks(Range range, std::size_t count, std::string_view unit, bool is_signed = false);

// Powers of ten (bytes: of two), with steps between where there is room; linear ones where the
// range is too short for that. The range is above zero.
[[nodiscard]] Ticks log_ticks(Range range, std::size_t count, std::string_view unit);

// Seconds since 1970, in UTC: whole seconds, minutes, hours, days, months or years.
[[nodiscard]] Ticks time_ticks(Range range, std::size_t count);

// "2026-07-26 14:05"; of what is no moment of the years 1 to 9999: "–".
[[nodiscard]] std::string moment_text(double unix_seconds);
[[nodiscard]] std::string date_text(double unix_seconds); // "2026-07-26"

} // namespace assay::charts
