// Figures in the unit that reads best: 0.0002719 "s" is 271.9 µs, 65536 "By" is 64 KiB.
//
//   value_text(0.0002719, "s")          // "271.9 µs"
//   value_text(0.97, "1")               // "0.97"
//   UnitScale scale = unit_scale(0.0003, "s");    // factor 1e-6, title "µs"
//
// Units are those of metrics: "s", "By", "1", "%", "By/s", "1/s", "{hits}"; others stay as they
// are. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace assay::charts {

struct UnitScale {
    double factor = 1;  // a figure is divided by it
    std::string prefix; // behind the number of every tick: "k", " %"
    std::string title;  // behind the title of the axis: "µs", "hits"
};

// For figures up to this magnitude.
[[nodiscard]] UnitScale unit_scale(double magnitude, std::string_view unit);

[[nodiscard]] std::string value_text(double value, std::string_view unit, int significant = 4);

// "+13.6 %", "-0.5 %", "0.0 %": a change, which is a ratio less one, as people write it.
[[nodiscard]] std::string change_text(double change);

} // namespace assay::charts
