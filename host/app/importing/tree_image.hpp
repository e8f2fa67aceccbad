// A folder as one POSIX ustar image: how importers of formats that are trees get their files.
//
//   Status written = write_tree_image("results/", fd);
//
// Regular files in the order of their names, without hidden ones and without links; nothing in the
// image says when or by whom: equal folders give equal bytes. Reads files; callable from any
// thread.
#pragma once

#include "support/result.hpp"

#include <filesystem>

namespace assay::app {

// Errors: io, config (larger than `bytes_max`, a name that no image holds).
Status write_tree_image(const std::filesystem::path& folder, int fd, std::uint64_t bytes_max);

} // namespace assay::app
