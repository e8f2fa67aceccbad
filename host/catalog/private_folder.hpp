// A folder that nobody else can write to: what lies in it was put there by this user.
#pragma once

#include "support/result.hpp"

#include <filesystem>

namespace assay::catalog {

// Makes the folder (and its parents) with mode 0700 where it is missing, and takes write and read
// access from others where it is this user's. Errors (io): another owner, not a folder.
Status make_private_folder(const std::filesystem::path& folder);

// Whether only this user can write there; false also for a missing folder and for a symbolic link.
[[nodiscard]] bool is_private_folder(const std::filesystem::path& folder);

} // namespace assay::catalog
