// A figure over two parameters: how dark a field is says how much.
//
//   const std::vector<std::string> batches{"1", "8"}, sizes{"64", "256", "1024"};
//   Chart chart = heat_map_chart({.title = "contract", .x_title = "n", .y_title = "batch",
//                                 .columns = sizes, .rows = batches, .values = values});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"

#include <span>
#include <string>

namespace assay::charts {

struct HeatMap {
    std::string title{};
    std::string metric = "median time";
    std::string unit = "s";
    std::string x_title{}, y_title{};
    std::span<const std::string> columns{}, rows{};
    std::span<const double>
        values{};     // row by row; what is no number, or not there, was not measured
    bool log = false; // shades by orders of size; what is not above zero has none
};

[[nodiscard]] Chart heat_map_chart(const HeatMap& map);

} // namespace assay::charts
