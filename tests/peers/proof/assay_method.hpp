// One comparison by `assay compare`, as a user makes it: the program, its document and its exit
// status. Nothing of the host is linked; what is judged is what people get.
//
//   Record record = compare_by_assay(cell, {.program = ..., .old_build = ..., .new_build = ...});
//
// Blocks until the program has ended; one thread.
#pragma once

#include "cell.hpp"
#include "record.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace proof {

struct AssayComparison {
    std::string program;                        // assay
    std::filesystem::path old_build, new_build; // plugin files
    std::filesystem::path document;             // where the JSON goes; overwritten
    std::filesystem::path home; // holds its caches, so that no project of the user speaks
    std::vector<std::string> more_options = {};
};

// Cell, method, verdicts, seconds and failure are set; the rest is the caller's.
[[nodiscard]] Record compare_by_assay(const Cell& cell, const AssayComparison& comparison);

// What a document assay.comparison/1 and the exit status say. The case that matters is the only
// one, or of fifty the one that is slower in the new build.
void read_comparison(const Cell& cell,
                     const assay::json::value& document,
                     int exit_code,
                     Record& record);

} // namespace proof
