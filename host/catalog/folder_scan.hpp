// Which files of a folder are plugins, and whether an installed one could have been put or changed
// there by another user. Callable from any thread.
#pragma once

#include "support/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace assay::catalog {

// The *.assay.so of a folder (not of its subfolders), by name. Errors: missing, unreadable, no
// folder, more than kFolderPluginsMax.
Result<std::vector<std::filesystem::path>> plugins_in(const std::filesystem::path& folder);

inline constexpr std::size_t kFolderPluginsMax = 1'000;

// Why others than root and this user can write to it, or "": "... is writable by its group".
std::string writable_by_others(const std::filesystem::path& path);

// Why an installed file is not to be loaded, or "": a link that leads out of its folder, a file
// that others can write to.
std::string unsafe_installation(const std::filesystem::path& folder,
                                const std::filesystem::path& file);

// The same for every name and link of one file.
std::string identity_of(const std::filesystem::path& file);

} // namespace assay::catalog
