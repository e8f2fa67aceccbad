// A command given as one text -> its words, by the quoting rules of the shell, without a shell.
//
//   auto words = command_words("perf record -o 'my file'"); // {"perf", "record", "-o", "my file"}
//
// Pure; callable from any thread.
#pragma once

#include "support/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// Knows '...', "..." and \; expands nothing. Errors (usage): a quote that is never closed.
Result<std::vector<std::string>> command_words(std::string_view text);

} // namespace assay::app
