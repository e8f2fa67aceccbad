// The files of this project as the guards look at them: what git tracks or would track, by path
// relative to the root.
//
//   for (const std::string& path : files_under("host", {".hpp", ".cpp"})) check(read_source(path));
//
// Callable from any thread. A file that vanishes while a guard runs fails that guard.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::guards {

// Sorted; without build trees and other ignored files.
const std::vector<std::string>& source_files();

// Those below `folder` ("" = all) whose name ends in one of `endings` (none = all).
std::vector<std::string> files_under(std::string_view folder,
                                     const std::vector<std::string_view>& endings = {});

// Fails the test if the file cannot be read.
std::string read_source(const std::string& path);

bool exists_in_source(const std::string& path);

// An #include directive: what stands between the quotes or angle brackets.
struct Include {
    std::size_t line = 0;
    bool quoted = false;
    std::string target;
};

std::vector<Include> includes_of(std::string_view text);

// Complaints, one per line, for a CHECK that shows all of them at once.
std::string listed(const std::vector<std::string>& complaints);

} // namespace assay::guards
