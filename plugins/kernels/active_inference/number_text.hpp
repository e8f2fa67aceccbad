// A number in a message, so that no small one reads as zero.
//
//   "sums to " + number_text(sum)      // "1.0000000002", "1e-18", "NaN"
//
// Pure.
#pragma once

#include <charconv>
#include <string>

namespace assay::active_inference {

// The shortest text that reads back as the same number.
[[nodiscard]] inline std::string number_text(double value) {
    if (value != value) {
        return "NaN";
    }
    char text[32]; // the longest takes 24
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

} // namespace assay::active_inference
