// The table of a comparison: one line per case with both times (of a case of another tool's file
// that has none another figure), the change, its interval, how many pairs it took, and the verdict.
//
//   lines.push_back(verdict_line_from(event, look));
//   std::string text = verdict_table_of(lines, look);
//
// Plain values; pure functions.
#pragma once

#include "row.hpp"

#include <assay/reporter.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace console {

struct VerdictLine {
    std::string id;
    std::string status;  // "compared", "only_in_new", ...
    std::string reason;  // of those that were not compared
    std::string verdict; // about time; of a case without one what its metrics amount to
    bool timed = true;   // the figures are times
    bool exact = false;  // the figures are compared to the last one
    std::string unit = "s";
    std::string statement; // the verdict with what instruction counts add to it, or empty
    double old_time = Figure::kUnknown, new_time = Figure::kUnknown;
    double level = Figure::kUnknown; // of the interval
    double ratio = Figure::kUnknown, low = Figure::kUnknown, high = Figure::kUnknown;
    std::uint64_t pairs = 0;
    std::vector<std::string> labels;
    std::vector<std::string>
        worse; // metrics beside time that got worse: "hit_rate 4.2 points worse"
};

[[nodiscard]] VerdictLine verdict_line_from(const assay::event_view& event, const Look& look);

// Worst first: slower, worse in another metric, failed, undecided, faster, same, and within each by
// how far from 1.
[[nodiscard]] bool matters_more(const VerdictLine& a, const VerdictLine& b);

// Empty for no lines.
[[nodiscard]] std::string verdict_table_of(std::span<const VerdictLine> lines, const Look& look);

// Cases that the old side alone has: "router/random: the new build has lost this case".
[[nodiscard]] std::vector<std::string> lost_cases(std::span<const VerdictLine> lines);

// "5 cases: 1 slower, 4 same".
[[nodiscard]] std::string verdict_counts(std::span<const VerdictLine> lines, const Look& look);

} // namespace console
