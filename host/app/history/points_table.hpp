// The figures of one run as a table: whole, or in as many columns as a terminal has.
//
//   std::string text = points_table(run).aligned();
//   std::string fits = fitted_points(run, 80);
//   std::string rows = points_rows(run).csv();
//
// Pure; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "history/records.hpp"
#include "tracking/ended_series.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace assay::app {

using EndsByKey = std::map<std::string, tracking::SeriesEnd>; // by series_key()

// `ended`: the series of the run that ended since, said among the remarks.
TextTable points_table(const history::Run& run, const EndsByKey& ended = {});

// The same for programs: figures as numbers in the unit beside them.
TextTable points_rows(const history::Run& run, const EndsByKey& ended = {});

// First what a glance needs least goes (launches, n, spread, interval), then the middle of long
// case ids. `columns` 0: everything, however wide.
std::string
fitted_points(const history::Run& run, std::size_t columns, const EndsByKey& ended = {});

} // namespace assay::app
