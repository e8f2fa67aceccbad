// What became of a case in one word, how grave that is, and the figure that decided it. The words
// are those of the command line: slower, worse, failed, undecided, faster, same, ...
//
//   std::ranges::stable_sort(cases, matters_more);
//   std::string figure = deciding_figure(one);      // "+5.25 % [+4.10, +6.40]"
//
// Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace report_text {

enum class Gravity : std::uint8_t {
    broken, // no figure: crashed, wrong, lost
    worse,
    open, // undecided, incomparable, skipped: not shown to be well
    better,
    plain // passed, same, new
};

// Of a comparison the verdict ("slower", "worse", "only_in_old"), of a run the status ("passed").
[[nodiscard]] std::string_view outcome_of(const ToldCase& one);
[[nodiscard]] Gravity gravity_of(const ToldCase& one);
[[nodiscard]] Gravity gravity_of(const GateRow& row);

// "only in old", "wrong result"; with the symbol of the command line: "▲ slower".
[[nodiscard]] std::string words_of(std::string_view outcome);
[[nodiscard]] std::string marked(std::string_view outcome);

// What got worse first, and within that the strongest evidence, then the largest change.
[[nodiscard]] bool matters_more(const ToldCase& a, const ToldCase& b);
[[nodiscard]] bool row_matters_more(const GateRow& a, const GateRow& b);

// "+5.25 %" of a ratio new / old; "0.00 %" is never negative.
[[nodiscard]] std::string change_text(double ratio);
// "[+4.10, +6.40] %"; "–" where it is not known.
[[nodiscard]] std::string change_interval(double low, double high);

// The change of a compared case with its interval, or the worst of its metrics; the reason of one
// that has no figure. May be empty.
[[nodiscard]] std::string deciding_figure(const ToldCase& one);

// "recall 6.25 points worse (19 of 23 pairs)".
[[nodiscard]] std::string metric_text(const ToldMetric& metric);

// "13.60 % worse", "120.0 ms"; "–" where there is none.
[[nodiscard]] std::string gate_figure(const GateRow& row);
[[nodiscard]] std::string gate_resolution(const GateRow& row); // the smallest change that is found

// "13.60 % worse, limit at most 10 % worse, smallest change found 1.50 % (rule 'time', time)"; of a
// line without a figure the reason.
[[nodiscard]] std::string gate_sentence(const GateRow& row);

// "8 cases: 1 slower, 1 failed, 6 same"; "5 lines: 1 FAIL, 4 PASS".
[[nodiscard]] std::string counts_text(const std::vector<ToldCase>& cases);
[[nodiscard]] std::string counts_text(const std::vector<GateRow>& rows);

} // namespace report_text
