// What assay says to a person on stderr. Results never go through here.
//
//   const Messages say = messages_for(invocation);
//   say.error(catalog.error());      // assay: error: cannot read x: ...
//                                    //   hint: ...
//   return exit_code(say, catalog.error());
//
// Each message is one write: callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "app/exit_code.hpp"
#include "app/terminal.hpp"
#include "support/result.hpp"

#include <string_view>

namespace assay::app {

enum class Loudness { quiet, usual, verbose };

class Messages {
public:
    Messages(int fd, Terminal terminal, Loudness loudness) noexcept
        : fd_(fd)
        , terminal_(terminal)
        , loudness_(loudness) {}

    void error(const Error& error) const;
    void warning(std::string_view text, std::string_view hint = {}) const;
    void note(std::string_view text) const;   // not with --quiet
    void detail(std::string_view text) const; // only with --verbose
    // A line of its own right, without "assay:" in front; not with --quiet.
    void note_line(std::string_view text) const;

    [[nodiscard]] const Terminal& terminal() const noexcept { return terminal_; }

    [[nodiscard]] Loudness loudness() const noexcept { return loudness_; }

private:
    enum class Severity { error, warning, note };
    void print(Severity severity, std::string_view text, std::string_view hint) const;

    int fd_;
    Terminal terminal_;
    Loudness loudness_;
};

Messages messages_for(const Invocation& invocation);

// Prints the error and gives the exit code of its kind: `return report(say, result.error());`
int report(const Messages& say, const Error& error);

// Replaces every byte of what could drive a terminal by '?': escape sequences from a plugin's text,
// overrides of direction (U+202E) and what nobody sees in a name, bytes that are no UTF-8. Keeps
// newlines and tabs. Whatever stands between a foreign text and a terminal is done here.
std::string printable(std::string_view text);

} // namespace assay::app
