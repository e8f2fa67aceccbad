// What the charts of one run need of its cases, kept case by case: a bounded number of rows of each
// chart, however many cases there are.
//
//   figures.add(event);                                     // each case_end
//   for (const NamedChart& one : figures.charts()) ...      // at the end
//
// One thread.
#pragma once

#include "charts/chart.hpp"
#include "charts/figures/bar_chart.hpp"
#include "charts/figures/forest.hpp"

#include <assay/reporter.hpp>

#include <string>
#include <vector>

namespace run_charts {

struct NamedChart {
    std::string name; // of its file, without ending: "times"
    assay::charts::Chart chart;
};

// Rows of one chart, and how many more there would have been.
template <class Row>
struct Rows {
    static constexpr std::size_t kMax = 60; // one screen of rows; the page of a run is no archive

    std::vector<Row> rows;
    std::size_t more = 0;

    void add(Row row) {
        if (rows.size() < kMax) {
            rows.push_back(std::move(row));
        } else {
            ++more;
        }
    }
};

class RunFigures {
public:
    void add(const assay::event_view& event);

    // Those that have something to show: changes against another build, times, memory, caches.
    [[nodiscard]] std::vector<NamedChart> charts() const;

    [[nodiscard]] std::size_t cases() const noexcept { return cases_; }

private:
    void add_change(const assay::event_view& event);

    std::size_t cases_ = 0;
    Rows<assay::charts::ForestRow> changes_;
    Rows<assay::charts::BarRow> times_, memory_, hits_;
};

// The distribution of a case's time; nothing where its samples were not kept.
[[nodiscard]] std::optional<assay::charts::Chart> distribution_of(const assay::event_view& event);

} // namespace run_charts
