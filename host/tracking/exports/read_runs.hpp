// Recorded runs out of a history, with what gates and comparisons have said of them.
//
//   Result<std::vector<ExportedRun>> runs = read_exported(*store, {.name = "newest"});
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/exports/exported_run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct RunChoice {
    std::optional<std::string> name = {}; // a run as Store::run() takes it; nothing: by the query
    history::RunQuery query = {.limit = 1};
};

// Oldest first. Errors besides those of the store: usage (no such run), missing (no run matches).
Result<std::vector<ExportedRun>> read_exported(history::Store& store, const RunChoice& choice);

} // namespace assay::tracking
