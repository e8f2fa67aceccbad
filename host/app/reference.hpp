// The whole command line as one document, made from the command table.
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"

#include <string>

namespace assay::app {

// host/app/cli-reference.md: kept in git, and a test keeps it up to date.
std::string markdown_reference(const CommandTable& table);

// assay.1, in man macros.
std::string man_page(const CommandTable& table, const std::string& version);

} // namespace assay::app
