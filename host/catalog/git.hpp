// Questions to git about a folder that nobody trusts yet: the repository's own configuration must
// not get anything run (monitors, signatures, remotes).
//
//   auto tracked = git_tracked_below("build/plugins");   // "" = none
//
// Callable from any thread; blocks for the time git takes.
#pragma once

#include "support/result.hpp"

#include <filesystem>
#include <string>

namespace assay::catalog {

// The first file below the folder that git tracks, "" if none; a repository nested in it counts.
// Error (usage): there is a repository but git cannot be asked.
Result<std::string> git_tracked_below(const std::filesystem::path& folder);

// "Ada <ada@example.org> 2024-06-07T08:09:10+02:00" of the last commit that touched the path, ""
// where there is none, no repository, or no git.
std::string git_last_committer(const std::filesystem::path& folder, const std::string& path);

} // namespace assay::catalog
