// Platforms of which an analysis shows nothing, since every run of them was measured on a dirty
// tree: nobody can tell what code those were.
//
//   auto left_out = dirty_platforms(*store, choice);
//   for (const DirtyPlatform& one : *left_out) ... one.runs, one.platform.label ...
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/branch_lines.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::tracking {

struct DirtyPlatform {
    history::Platform platform; // without its identity
    std::string branch = {};
    std::size_t runs = 0;
};

// By label. Of each platform the branch that read_branch_lines() takes; none where the choice takes
// dirty runs too.
Result<std::vector<DirtyPlatform>> dirty_platforms(history::Store& store,
                                                   const AnalysisChoice& choice);

} // namespace assay::tracking
