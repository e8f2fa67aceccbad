// What stands below the table: the summary line, what failed, what to know, what to do next.
//
//   4 cases: 3 passed, 1 crashed | 41 s
//   FAIL  router/least_latency[n=16]: crashed: SIGSEGV at 0x0 in run, slice 3
//   LOST  router/random: the new build has lost this case
//   note  cpu governor is 'powersave'  -> assay doctor
//   next  assay history show 41
//
// Pure functions.
#pragma once

#include "row.hpp"

#include <span>
#include <string>
#include <vector>

namespace console {

struct Note {
    std::string text;
    std::string next; // the command that helps, or empty
};

struct Closing {
    double seconds = Figure::kUnknown;
    bool partial = false; // interrupted, or the end of the run was never told
    std::vector<Note> notes;
    std::vector<std::string> next;
    std::vector<std::string> lost = {}; // of a comparison: what the new side no longer has, and why
    std::string counts = {};            // "5 cases: 1 slower, 4 same"; empty = count the rows
};

[[nodiscard]] std::string
closing_of(std::span<const Row> rows, const Closing& closing, const Look& look);

} // namespace console
