// Results on stdout: whole or with an error, never a partial line that looks complete.
//
// Called from main's thread.
#pragma once

#include "app/message.hpp"

#include <string_view>

namespace assay::app {

// Writes all of `text` to stdout and returns exit code 0. A reader that went away (`assay list |
// head`) is no error of ours: 0 as well. Anything else, such as a full disk, is told and 3.
int print_result(const Messages& say, std::string_view text);

} // namespace assay::app
