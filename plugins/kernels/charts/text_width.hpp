// How wide a text will be, so that labels are neither clipped nor drawn over each other, without a
// font at hand. Widths are those of DejaVu Sans, the widest of the fonts that the charts ask for:
// in others there is some air.
//
//   double pixels = text_width("router/least_latency", {.size = 11});
//   std::string fits = cut_middle(name, 120, {.size = 11});      // "router/le\u2026tency[n=16]"
//
// Pure functions; texts are clean (clean_text.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::charts {

struct Font {
    double size = 11;
    bool bold = false;
};

[[nodiscard]] double text_width(std::string_view text, Font font) noexcept;

// The text, or as much of its two ends as `width` holds: in the names of cases both ends tell.
[[nodiscard]] std::string cut_middle(std::string_view text, double width, Font font);

// Lines of whole words; a word that is wider than a line is cut in its middle.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double width, Font font);

} // namespace assay::charts
