// Runs by as few digits as name them: what tables print and people type again.
//
//   Result<std::vector<std::string>> names = short_names(*store, rows);   // all of one length
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace assay::app {

// How many first digits tell each of these runs from all others of the store.
Result<std::size_t> name_digits(history::Store& store, const std::set<std::string>& uuids);

// As long as the longest needs to be, so that a column is straight.
Result<std::vector<std::string>> short_names(history::Store& store,
                                             const std::vector<history::RunRow>& rows);

} // namespace assay::app
