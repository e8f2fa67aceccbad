// The cases that the FILTER words of a gate choose, over what a history knows of them.
//
//   Status narrowed = narrow_cases(*store, invocation.words, store->where(), cases);
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/gate.hpp"

#include <string>
#include <vector>

namespace assay::app {

// As chosen_cases(), over all cases of the history: one that this run has not leaves none. Errors:
// its own, and those of the store.
Status narrow_cases(history::Store& store,
                    const std::vector<std::string>& words,
                    const std::string& where,
                    std::vector<verdict::GateCase>& cases);

} // namespace assay::app
