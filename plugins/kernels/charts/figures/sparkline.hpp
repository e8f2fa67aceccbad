// The last runs of a series in the height of a line of text: no axes, only the shape; the newest
// run is a dot.
//
//   Chart chart = sparkline_chart({.title = "router/least_latency", .values = values, .unit =
//   "s"});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"
#include "charts/figures/tone.hpp"

#include <span>
#include <string>

namespace assay::charts {

struct Sparkline {
    std::string title{};
    std::span<const double> values{}; // oldest first; what is no number is a gap
    std::string unit = "s";
    Tone tone = Tone::same; // of the newest
    Size size{120, 22};
};

[[nodiscard]] Chart sparkline_chart(const Sparkline& sparkline);

} // namespace assay::charts
