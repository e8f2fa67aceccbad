// The cases that the FILTER words after a run choose, of those that it has: of a gate over recorded
// runs, of a comparison of two runs or files.
//
//   auto chosen = chosen_cases({"sums/add[n=64]", "sums/sub"}, {"sums", "!sub"}, "run:0192f3a1");
//
// A word is taken as a filter of `run` is, but for tags, which nobody keeps. Pure; any thread.
#pragma once

#include "support/result.hpp"

#include <set>
#include <string>
#include <vector>

namespace assay::app {

// Several words mean or, '!' in front leaves out; without words all. `where` is what is looked
// into, for errors: usage (a word that matches nothing, a tag, no pattern), missing (what is left
// out leaves nothing).
Result<std::set<std::string>> chosen_cases(const std::vector<std::string>& case_ids,
                                           const std::vector<std::string>& words,
                                           const std::string& where);

} // namespace assay::app
