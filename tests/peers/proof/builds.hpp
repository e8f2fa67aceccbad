// The files that are compared: for every cell and method its own copy of the old and of the new
// build, so that identical builds are two files with two inodes, as after two real builds.
//
//   auto builds = lay_out(cell, folder_of_built_files, out / "builds");
//
// One thread.
#pragma once

#include "cell.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <vector>

namespace proof {

struct Builds {
    std::filesystem::path old_plugin, new_plugin;   // for assay compare
    std::filesystem::path old_program, new_program; // Google Benchmark; empty for fifty cases
};

// Copies what the cell needs to <out>/<cell>/old and <out>/<cell>/new. Error: a file was not built.
[[nodiscard]] assay::Result<Builds>
lay_out(const Cell& cell, const std::filesystem::path& built, const std::filesystem::path& out);

// Records of other builds must not be added up with those of these: remembers the hashes of the
// files in `path`, and refuses when others are remembered there.
[[nodiscard]] assay::Status remember(const std::vector<std::filesystem::path>& files,
                                     const std::filesystem::path& path);

} // namespace proof
