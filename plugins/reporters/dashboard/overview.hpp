// The first part of the page: one sentence, how many series are what, a table of them with the
// gravest first, and their changes beside each other.
//
//   page += overview_html(told);
//
// Written by the host, so that it is there without script. Pure.
#pragma once

#include "told_dashboard.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace dashboard_reporter {

// A series and where it stands in the page: its number in the order of branches and series.
struct PlacedSeries {
    const ToldBranch* branch = nullptr;
    const ToldSeries* series = nullptr;
    std::size_t number = 0;
};

// All of them, the gravest first.
[[nodiscard]] std::vector<PlacedSeries> by_gravity(const ToldDashboard& told);

// More rows than this are left to the search, and the page says how many.
inline constexpr std::size_t kRowsMax = 200;

[[nodiscard]] std::string overview_html(const ToldDashboard& told,
                                        const std::vector<PlacedSeries>& all);

} // namespace dashboard_reporter
