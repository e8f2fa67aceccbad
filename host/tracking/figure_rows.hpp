// The figures of runs as rows of a table: what every export to CSV writes.
//
//   std::string text = figure_row_heads();
//   text += figure_rows(run);
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"

#include <string>

namespace assay::tracking {

std::string figure_row_heads();

// A row per figure, in SI base units, then one per case that did not pass, with the reason.
std::string figure_rows(const history::Run& run);

} // namespace assay::tracking
