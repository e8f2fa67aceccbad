// The branch that baselines come from where nobody names one: that which is checked out, if it has
// runs, else the main line.
//
//   Result<UsualBranch> branch = usual_branch(*store, branch_checked_out());
//   say.note("runs of branch '" + *branch->name + "': " + branch->why);
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>

namespace assay::app {

struct UsualBranch {
    std::optional<std::string> name; // nothing: of each series that of its newest run
    std::string why;                 // for people
};

// `checked_out`: empty where that is not known.
Result<UsualBranch> usual_branch(history::Store& store, const std::string& checked_out);

// Of the folder that the program runs in; empty: no git, no branch.
std::string branch_checked_out();

} // namespace assay::app
