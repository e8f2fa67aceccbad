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

// The text in single quotes, safe in any of the three: it's -> 'it'\''s'.
std::string shell_quoted(std::string_view text);

} // namespace assay::app
