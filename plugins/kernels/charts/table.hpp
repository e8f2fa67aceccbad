// The twin of a chart for those who do not see it: its figures as a table.
//
//   page += html_table(table_of(chart));
//
// Columns are the axis of places, the series, the figure and the ends of its interval; those that
// no row has are left out. Pure.
#pragma once

#include "charts/chart.hpp"

#include <string>
#include <vector>

namespace assay::charts {

struct Table {
    std::string caption{};
    std::vector<std::string> header{};
    std::vector<std::vector<std::string>> rows{};
    std::size_t left_out = 0; // rows beyond the most that were asked for
};

[[nodiscard]] Table table_of(const Chart& chart, std::size_t rows_max = 1000);

// <table> with a <caption>; every text is escaped.
[[nodiscard]] std::string html_table(const Table& table);

} // namespace assay::charts
