// The tables of the page: cases of a run, changes of a comparison, lines of a gate, all figures.
//
//   page += case_table(places);       // a <table>; every text escaped
//
// Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <string>
#include <vector>

namespace html_reporter {

using Cases = std::vector<const report_text::ToldCase*>;
using GateRows = std::vector<const report_text::GateRow*>;

[[nodiscard]] std::string case_table(const Cases& cases);   // time and status
[[nodiscard]] std::string change_table(const Cases& cases); // old, new, change, verdict
[[nodiscard]] std::string gate_table(const GateRows& rows);
[[nodiscard]] std::string figure_table(const Cases& cases); // every metric

// By which their rows are blocks in a narrow window; once in a page.
[[nodiscard]] std::string table_style();

// "worse", "better", "open" or "": the class of the cell that says what became of it.
[[nodiscard]] std::string tone_of(const report_text::ToldCase& one);

} // namespace html_reporter
