// Charts with fixed figures, one of every kind: what the approved pictures show.
//
//   for (const canned::NamedChart& one : canned::every_chart()) lay_out(one.chart);
//
// Pure.
#pragma once

#include "charts/chart.hpp"

#include <string>
#include <vector>

namespace canned {

struct NamedChart {
    std::string name; // of its picture in tests/golden/charts/
    assay::charts::Chart chart;
};

std::vector<NamedChart> every_chart();

// Values that look like measurements: `level` with a seeded scatter of `spread` times it.
std::vector<double> measured(std::size_t count, double level, double spread, unsigned seed);

} // namespace canned
