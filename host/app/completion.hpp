// Shell completion scripts, made from the command table: commands, subcommands, options, values.
//
//   std::cout << bash_completion(command_table());   // eval "$(assay completion bash)"
//
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"

#include <string>
#include <string_view>

namespace assay::app {

std::string bash_completion(const CommandTable& table);
std::string zsh_completion(const CommandTable& table);
std::string fish_completion(const CommandTable& table);

// The shell command that prints the names in a listing of `program list`, one a line; for any of
// the three.
std::string listing_command(std::string_view program, std::string_view listing);

// The text in single quotes, safe in any of the three: it's -> 'it'\''s'.
std::string shell_quoted(std::string_view text);

} // namespace assay::app
