// Runs another program to its end and keeps what it printed: for questions to git and the like, not
// for workers (host/workers does those).
//
//   auto head = run_command({"git", "rev-parse", "HEAD"}, {.folder = project});
//   if (head && head->exit_code == 0) ...
//
// Callable from any thread; blocks the caller.
#pragma once

#include "support/result.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct CommandOptions {
    std::string folder = {}; // where it runs; empty = here
    std::chrono::milliseconds timeout{5'000};
    std::size_t bytes_max = std::size_t{1} << 20; // more output than this ends the command
};

struct CommandOutput {
    int exit_code = 0;
    std::string text; // standard output; standard error is discarded
};

// Errors: not found, killed by a signal, too slow, too much output. The program is found by PATH.
Result<CommandOutput> run_command(const std::vector<std::string>& argv,
                                  const CommandOptions& options = {});

// The first executable file of that name in the folders of `path` ("/usr/bin:/bin"); "" = none.
std::string find_program(std::string_view name, std::string_view path);

} // namespace assay
