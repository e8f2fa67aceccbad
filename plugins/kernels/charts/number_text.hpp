// Numbers as text that is the same on every machine: no locale, no "-0", no exponent where none is
// asked for.
//
//   coordinate(12.04)      // "12"
//   fixed(-0.04, 1)        // "0.0"
//   short_number(12.50)    // "12.5"
//
// Pure functions.
#pragma once

#include <string>

namespace assay::charts {

// A place in a picture, to a tenth of a pixel. What is no number is 0: a picture stays a picture.
[[nodiscard]] std::string coordinate(double pixels);

[[nodiscard]] std::string fixed(double value, int decimals);

// At most `significant` digits, without trailing zeros; powers of ten where it gets long.
[[nodiscard]] std::string short_number(double value, int significant = 4);

} // namespace assay::charts
