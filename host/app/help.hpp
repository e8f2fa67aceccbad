// --help, made from the command table: at most 80 columns and about one screen.
//
//   std::cout << help_text(command_table());               // assay --help
//   std::cout << help_text(command_table(), *command);     // assay run --help
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"

#include <string>

namespace assay::app {

inline constexpr std::size_t kHelpColumns = 80;

std::string help_text(const CommandTable& table);
std::string help_text(const CommandTable& table, const CommandSpec& command);
std::string help_text(const CommandTable& table, const GroupSpec& group);

// "assay run [FILTER...] [options]"
std::string usage_line(const CommandSpec& command);
// "-j, --lanes N"
std::string option_words(const OptionSpec& option);
// "0 pass, 1 regression or gate failed, ..."
std::string exit_code_sentence();

// Breaks at spaces so that no line is longer than kHelpColumns; lines start with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t indent);

} // namespace assay::app
