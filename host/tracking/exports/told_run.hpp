// A recorded run as the events that its reporters were told of, or would have been (assay.event/1).
//
//   for (const json::object& event : told_by_history(run)) ...      // run_begin, cases, run_end
//
// Callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace assay::tracking {

// What a store keeps of it, with the figures that follow from the samples, and a summary at its
// end. Every case and metric has the members of assay.results/1: null where nobody knows.
[[nodiscard]] std::vector<json::object> told_by_history(const history::Run& run);

// From the bundle that was written while the run was measured: all that was told, but for progress.
// Reads a file. Nothing: the bundle was made from a history, which has no more. Errors: those of
// read_bundle().
[[nodiscard]] Result<std::optional<std::vector<json::object>>>
told_by_bundle(const std::filesystem::path& bundle);

} // namespace assay::tracking
