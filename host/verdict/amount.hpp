// Figures as people write them in a gate file: "100 ms", "64 MiB", "20%", 30.
//
//   Result<Amount> limit = amount_from("100 MB");       // {1e8, "By"}
//   Result<double> value = in_unit(*limit, "By");       // 1e8
//
// Pure; any thread.
#pragma once

#include "support/result.hpp"

#include <string>
#include <string_view>

namespace assay::verdict {

// `unit`: "s", "By", "%", any other as it was written, or empty: the metric's own.
struct Amount {
    double value = 0; // in that unit: of seconds and bytes, not of milliseconds and megabytes
    std::string unit = {};
    std::string written = {}; // "100 us", for who is told about it; empty where there is no unit

    friend bool operator==(const Amount& one, const Amount& other) {
        return one.value == other.value && one.unit == other.unit;
    }
};

// Numbers as people write them, without an exponent where there are few digits: "1000", "0.0008".
// `rounded_text`: to so many digits that count.
std::string number_text(double value);
std::string rounded_text(double value, int digits = 4);

// Times: ns, us, ms, s, min, h. Bytes: B, kB, MB, GB, TB (powers of 1000), KiB ... TiB (of 1024).
// Errors: config (no number in front, not finite).
Result<Amount> amount_from(std::string_view text);

// The amount as a figure of a metric with that unit; a percentage of a metric with unit 1 is a
// share, and "9 kHz", "500 req/s" and "2 Mops/s" are figures of one with unit "1/s" or "Hz".
// Errors: config (another unit).
Result<double> in_unit(const Amount& amount, std::string_view unit);

// A figure for people: seconds and bytes with the prefix that suits ("31.42 us", "64 MiB"), what
// has unit "1" without one. Whole counts are whole ("100200 {instruction}").
std::string figure_text(double value, std::string_view unit);

// The same in the prefix that a limit beside it is told with ("< 0.02 ms": "0.008 ms"), so that the
// two can be held against each other, unless that takes more zeros than digits.
std::string figure_text_beside(double value, std::string_view unit, std::string_view limit);

// The same of a metric that is compared to the last one: whole bytes are whole as well.
std::string exact_figure_text(double value, std::string_view unit);

// As it was written; a bare number as a figure of a metric with that unit.
std::string text_of(const Amount& amount, std::string_view unit);

// "25%", "0.5 %" -> 0.25, 0.005. Errors: config (no sign, negative).
Result<double> share_from(std::string_view text);

} // namespace assay::verdict
