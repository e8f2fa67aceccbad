// A number in a message, the shortest that reads back as the same.
//
//   "dt is " + number_text(dt)      // "0.01", "1e-18", "nan"
//
// Pure.
#pragma once

#include <charconv>
#include <string>

namespace assay::kuramoto {

[[nodiscard]] inline std::string number_text(double value) {
    char text[32]; // the longest takes 24
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

} // namespace assay::kuramoto
