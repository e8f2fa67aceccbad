// Memory over the time of a run, or the peak of each case.
//
//   Chart grows = memory_over_time_chart({.title = "peak memory", .series = series, .limit = 1 <<
//   30}); Chart peaks = memory_by_case_chart({.rows = rows});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"
#include "charts/figures/bar_chart.hpp"

#include <optional>
#include <span>
#include <string>

namespace assay::charts {

struct MemorySeries {
    std::string name{};
    std::span<const double> seconds{}; // since the start, or since 1970
    std::span<const double> bytes{};   // as many; what is no number is a gap
};

struct MemoryOverTime {
    std::string title{};
    std::string metric = "resident memory";
    std::span<const MemorySeries> series{};
    std::optional<double> limit{};
    bool by_date = false; // seconds are since 1970
};

[[nodiscard]] Chart memory_over_time_chart(const MemoryOverTime& memory);

struct MemoryByCase {
    std::string title = "Peak memory";
    std::string subtitle{};
    std::string metric = "peak resident memory";
    std::span<const BarRow> rows{};
    std::optional<double> limit{};
    std::size_t more = 0; // rows that are not even given
};

[[nodiscard]] Chart memory_by_case_chart(const MemoryByCase& memory);

} // namespace assay::charts
