// Who decides that a baseline moves, and how they say so.
//
//   Result<Approval> approval = approval_from(invocation, ::isatty(STDIN_FILENO) == 1);
//   if (*approval == Approval::ask && !asks_yes(STDIN_FILENO, STDERR_FILENO, "Apply?")) ...
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "support/result.hpp"

#include <string>

namespace assay::app {

enum class Approval {
    ask,     // a person at the terminal
    granted, // --auto-approve-improvements: what is proposed is better, or the first
    denied,  // --dry-run
};

// Error (usage): nobody is there to answer, and no flag says what to do.
Result<Approval> approval_from(const Invocation& invocation, bool at_terminal);

// Writes the question and reads one line. Anything but `yes` is no, and so is the end of input.
bool asks_yes(int in_fd, int out_fd, const std::string& question);

// The login name, for the record of who decided.
std::string who_decides();

} // namespace assay::app
