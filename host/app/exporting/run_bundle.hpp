// The bundle of a recorded run as bytes: the one that was written while it was measured where it is
// on this machine, else one made from the history.
//
//   Result<std::string> text = run_bundle(run, opened.bundles);
//
// Reads and writes files; called from main's thread.
#pragma once

#include "history/records.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace assay::app {

// The run's file in the folder; nothing: there is none.
std::optional<std::filesystem::path> bundle_of(const history::Run& run,
                                               const std::filesystem::path& folder);

// Errors: plugin (the bundle is broken), io.
Result<std::string> run_bundle(const history::Run& run, const std::filesystem::path& folder);

} // namespace assay::app
