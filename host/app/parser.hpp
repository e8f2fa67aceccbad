// Turns the words of a command line into an Invocation that is right by the table: commands and
// options known, values of the promised kind, positionals complete.
//
//   Result<Invocation> invocation = parse(command_table(), arguments, process_environment());
//   if (!invocation) return report(say, invocation.error());
//
// `assay run --help` comes back as the command "help" with the word "run"; `--version` alone comes
// back with an empty command. Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "support/result.hpp"

#include <string>
#include <vector>

namespace assay::app {

// `arguments`: without the program's name. Errors are of kind usage and offer the nearest match.
Result<Invocation> parse(const CommandTable& table,
                         const std::vector<std::string>& arguments,
                         const Environment& environment);

} // namespace assay::app
