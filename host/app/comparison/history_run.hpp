// A run of the history as one side of `assay compare run:ID run:ID`: told as the events that a
// bundle of it would hold, so that it is read like a results document.
//
//   if (is_history_run("run:01920008"))
//       Result<RecordedRun> run = read_history_run(*store, "run:01920008");
//
// Reads the store; one thread at a time.
#pragma once

#include "app/comparison/recorded_runs.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <string>
#include <string_view>

namespace assay::app {

// "run:" and what names a run there: first digits of its id, a commit, "latest".
[[nodiscard]] bool is_history_run(std::string_view name) noexcept;

// Named by its whole id. Errors: those of Store::run().
Result<RecordedRun> read_history_run(history::Store& store, const std::string& name);

} // namespace assay::app
