#include "app/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::app {

namespace {

// The first of the three that is set decides, as in POSIX. The variables are read instead of
// setlocale(), which would change how the whole process writes numbers.
bool locale_is_utf8(const Environment& environment) {
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (std::optional<std::string> locale = environment(name)) {
            std::ranges::transform(*locale, locale->begin(), [](unsigned char letter) {
                return static_cast<char>(std::tolower(letter));
            });
            return locale->ends_with("utf-8") || locale->ends_with("utf8");
        }
    }
    return false;
}

int width_of(int fd) {
    constexpr int kUsual = 80;
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return kUsual;
    }
    return size.ws_col;
}

} // namespace

Terminal detect_terminal(int fd, ColorChoice choice, const Environment& environment) {
    Terminal terminal;
    const bool dumb = environment("TERM").value_or("") == "dumb";
    const bool is_terminal = ::isatty(fd) == 1;
    terminal.interactive = is_terminal && !dumb;
    terminal.unicode = locale_is_utf8(environment);
    if (is_terminal) {
        terminal.columns = width_of(fd);
    }
    switch (choice) {
    case ColorChoice::always:
        terminal.color = true;
        break;
    case ColorChoice::never:
        terminal.color = false;
        break;
    case ColorChoice::automatic:
        terminal.color = terminal.interactive && !environment("NO_COLOR");
        break;
    }
    return terminal;
}

ColorChoice color_choice(const Invocation& invocation) {
    const std::string when = invocation.value("--color").value_or("auto");
    if (when == "always") {
        return ColorChoice::always;
    }
    return when == "never" ? ColorChoice::never : ColorChoice::automatic;
}

} // namespace assay::app
