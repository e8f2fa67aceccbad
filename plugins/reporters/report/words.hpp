// The words of a report: figures, changes, runs and what became of a series, as people read them.
//
//   figure_words(node["before"], "s")               // "12.3 µs"
//   change_words(0.136, "relative")                 // "13.6 % worse"
//   range_words(node["last_good"], node["first_bad"])   // "(9e12d40a1b2c, abc8f21d0e3f]"
//
// Texts are as they came; – is what is not known. Pure.
#pragma once

#include "parts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace report_reporter {

using Node = assay::import_formats::JsonNode;

[[nodiscard]] std::string text_of(Node node);
[[nodiscard]] std::size_t count_of(Node node);

[[nodiscard]] std::string figure_words(Node node, std::string_view unit);
[[nodiscard]] std::string figure_words(double value, std::string_view unit);

// Positive = worse; without a direction, "more" and "less".
[[nodiscard]] std::string
change_words(std::optional<double> change, std::string_view scale, bool directed = true);
// "[12.4, 14.7] %": as change_words, its interval.
[[nodiscard]] std::string interval_words(Node pair, std::string_view scale);

// "1.40 %" of a share.
[[nodiscard]] std::string share_words(Node node);

// The commit's first digits, else those of the run; empty of null.
[[nodiscard]] std::string run_words(Node run);
[[nodiscard]] std::string range_words(Node last_good, Node first_bad);
// What the time of a run is: its commit's where that is known, else its start.
[[nodiscard]] std::string moment_words(Node first, Node last);
// "2026-11-20"
[[nodiscard]] std::string day_words(Node time);
[[nodiscard]] std::string minute_words(Node time); // "2026-12-01T08:00 UTC"

// "▲ regressed (severe)", "✗ crashed", "? no baseline".
[[nodiscard]] std::string verdict_words(Node verdict);
[[nodiscard]] assay::charts::Tone tone_of(Node verdict);

// Cells of one line; an empty text is a dash.
[[nodiscard]] Cell cell(std::string text);
[[nodiscard]] Cell code_cell(std::string text);
// A series as rows name it: its case as code, and the metric.
[[nodiscard]] Cell series_cell(Node row);
[[nodiscard]] std::string platform_words(Node row); // with the project, where several are told

// "3 more are left out: ..." where a list says so.
// Where all of a report is of one platform, which its head names, a column of it says nothing.
void leave_out_one_platform(Node document, Table& table);
void add_left_out(Node list, std::string_view what, Part& part);

} // namespace report_reporter
