// What stands at the other end of stdout or stderr: a terminal or not, colours, UTF-8, width.
//
//   const Terminal err = detect_terminal(STDERR_FILENO, ColorChoice::automatic, environment);
//   if (err.color) ...
//
// Callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "app/environment.hpp"

namespace assay::app {

enum class ColorChoice { automatic, always, never };

struct Terminal {
    bool interactive = false; // a person may be watching: progress may be redrawn
    bool color = false;       // interactive, and not NO_COLOR, TERM=dumb or --color=never
    bool unicode = false;     // the locale's encoding is UTF-8
    int columns = 80;
};

Terminal detect_terminal(int fd, ColorChoice choice, const Environment& environment);

ColorChoice color_choice(const Invocation& invocation);

} // namespace assay::app
