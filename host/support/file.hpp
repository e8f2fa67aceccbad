// Files, read whole with a limit and written atomically.
//
//   auto text = read_file(path);
//   if (auto status = write_file_atomically(path, text); !status) ...
//
// Callable from any thread.
#pragma once

#include "support/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

// The bytes of a regular file. Errors name the path and what the system said.
Result<std::string> read_file(const std::string& path,
                              std::size_t bytes_max = std::size_t{256} << 20);

// Writes beside `path` and renames: readers see the old bytes or the new ones, never a part.
// Creates missing parent folders.
Status write_file_atomically(const std::string& path, std::string_view bytes);

// "No such file or directory" and the like, for an errno value.
std::string system_message(int error_number);

} // namespace assay
