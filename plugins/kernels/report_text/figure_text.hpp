// A figure as a person reads it: scaled to a unit that fits its magnitude, four significant digits,
// in parts so that a table can align the decimal points.
//
//   FigureText t = figure_text(308.8e-6, "s", {.unicode = false});   // "308" ".8" "us"
//   std::string line = joined(t);                                    // "308.8 us"
//
// Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace report_text {

// How many of the figure's unit make one of the unit shown.
struct Scale {
    double factor = 1;
    std::string unit;    // as shown, may be empty
    bool counts = false; // whole numbers are shown whole
};

struct FigureText {
    std::string whole;    // "-308", or "–" for a figure that was not measured
    std::string fraction; // ".8" or empty
    std::string unit;     // "us" or empty
};

struct FigureStyle {
    bool unicode = true;
};

// The scale for values around `value`: s -> ns, us, ms, s; By -> B, KiB, MiB...; counts and rates
// of counts -> k, M, G.
[[nodiscard]] Scale scale_for(double value, std::string_view unit, FigureStyle style);

// Digits behind the decimal point that make four significant ones.
[[nodiscard]] int decimals_for(double scaled, bool counts);

// Fixed notation; minus zero is zero.
[[nodiscard]] std::string fixed(double value, int decimals);

[[nodiscard]] FigureText figure_text(double value, std::string_view unit, FigureStyle style);

// The same in the prefix that a limit beside it is told with ("< 0.02 ms"), so that the two can be
// held against each other; as above where the limit names none or that takes too many zeros.
[[nodiscard]] FigureText
figure_text_beside(double value, std::string_view unit, std::string_view limit, FigureStyle style);

[[nodiscard]] std::string joined(const FigureText& text);

// Of a metric that is compared to the last one: whole counts and bytes without a prefix, "100200
// op", "4100 B"; all else as above.
[[nodiscard]] FigureText exact_text(double value, std::string_view unit, FigureStyle style);

// "[306.1, 311.2]" in the scale of the figure they surround; nothing when a bound is not known.
[[nodiscard]] std::optional<std::string>
interval_text(double low, double high, double value, std::string_view unit, FigureStyle style);

// The same where no column has the unit: "[306.1, 311.2] µs".
[[nodiscard]] std::optional<std::string>
interval_with_unit(double low, double high, double value, std::string_view unit, FigureStyle style);

// "41 s", "3 min 20 s".
[[nodiscard]] std::string duration_text(double seconds);

// "–", or "-" without UTF-8: not measured, which is not 0.
[[nodiscard]] std::string_view not_measured(FigureStyle style);

} // namespace report_text
