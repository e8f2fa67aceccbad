// The pieces that the short and the whole report are made of: lines and rows of tables, each whole.
//
//   text += markdown_headline(run);
//   for (const ToldCase* one : changed) text += change_row(*one);
//
// Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <string>

namespace report_text {

// "**+5.25 % [+4.10, +6.40]**: `router/slower` is slower. 8 cases: 1 slower, ..."
[[nodiscard]] std::string markdown_headline(const ToldRun& run);

// What was compared with what, under which rules; nothing of a run.
[[nodiscard]] std::string comparison_line(const ToldRun& run);

// Machine, mode, commit, version and time, on one line.
[[nodiscard]] std::string environment_line(const ToldRun& run);

// Tables: the head and one row.
[[nodiscard]] std::string change_head(const ToldRun& run); // cases of a comparison
[[nodiscard]] std::string change_row(const ToldCase& one);
[[nodiscard]] std::string status_head(); // cases of a run by their time
[[nodiscard]] std::string status_row(const ToldCase& one);
[[nodiscard]] std::string gate_head();
[[nodiscard]] std::string gate_row(const GateRow& row);

// "12.3 µs", exact figures whole, "–" where there is none.
[[nodiscard]] std::string markdown_figure(const ToldFigure& figure);
[[nodiscard]] std::string markdown_interval(const ToldFigure& figure);

// What to know, one line each: "- text → next".
[[nodiscard]] std::string note_line(const ToldNote& note);

} // namespace report_text
