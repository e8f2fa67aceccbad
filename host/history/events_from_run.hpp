// The other way round: the events of a run that is known from a store alone, so that it can be
// handed on as a bundle. Reading them again gives the same run; what a store does not keep (single
// percentiles, notes, output of a crash) is not there, and the bundle says that it comes from a
// history.
//
//   Result<SealedBundle> bundle = write_bundle(run, "exchange");
//
// Callable from any thread.
#pragma once

#include "history/bundle.hpp"
#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <functional>

namespace assay::history {

// In order; ends early where `each` fails.
Status each_event(const Run& run, const std::function<Status(const json::value& event)>& each);

Result<SealedBundle> write_bundle(const Run& run, const std::filesystem::path& folder);

} // namespace assay::history
