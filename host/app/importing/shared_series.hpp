// Whether two runs have anything to say about each other.
//
//   Status common = check_shared(old_run, new_run, "before.json", "after.json");
//
// Pure; any thread.
#pragma once

#include "history/records.hpp"
#include "support/result.hpp"

#include <string>
#include <vector>

namespace assay::app {

// A series of both, or one whose case broke in the other. Error (missing): none; lists what each
// has.
Status check_shared(const history::Run& old_run,
                    const history::Run& new_run,
                    const std::string& old_name,
                    const std::string& new_name);

// The first few, and how many more there are: "a, b and 7 more".
std::string some_listed(std::vector<std::string> names);

} // namespace assay::app
