// What of recorded runs is exported: cases by FILTER words, metrics by their keys.
//
//   if (Status chosen = keep_chosen(runs, {.words = {"sums/add", "!n=1024"}}); !chosen) ...
//
// A word is a case, a suite or `suite/family` where one is called so, else a regular expression
// that is searched for in the ids; '!' in front excludes. Pure; callable from any thread.
#pragma once

#include "support/result.hpp"
#include "tracking/exports/exported_run.hpp"

#include <string>
#include <vector>

namespace assay::tracking {

struct CaseChoice {
    std::vector<std::string> words = {};   // none: all cases
    std::vector<std::string> metrics = {}; // none: all metrics
    bool excluded_too = true;              // figures that somebody has excluded
};

struct Chosen {
    std::size_t excluded = 0; // figures that were left out because somebody has excluded them
};

// Takes what was not chosen out of the runs, and runs of which nothing is left. Errors: usage (a
// pattern that is none, a tag), missing (nothing matches; names the nearest).
Result<Chosen> keep_chosen(std::vector<ExportedRun>& runs, const CaseChoice& choice);

} // namespace assay::tracking
