#include "app/message.hpp"

#include "support/unique_fd.hpp"

#include <string>
#include <unistd.h>

namespace assay::app {

namespace {

constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kYellow = "\x1b[1;33m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

Loudness loudness_of(const Invocation& invocation) {
    if (invocation.has("--quiet")) {
        return Loudness::quiet;
    }
    return invocation.has("--verbose") ? Loudness::verbose : Loudness::usual;
}

} // namespace

std::string printable(std::string_view text) {
    std::string clean(text);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const auto byte = static_cast<unsigned char>(clean[i]);
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
        // U+0080..U+009F in UTF-8: C1 controls, which some terminals obey like ESC [.
        const bool c1 = byte >= 0x80 && byte < 0xa0 && i > 0 &&
                        static_cast<unsigned char>(clean[i - 1]) == 0xc2;
        if (control || c1) {
            clean[i] = '?';
            if (c1) {
                clean[i - 1] = '?';
            }
        }
    }
    return clean;
}

void Messages::error(const Error& error) const {
    print(Severity::error, error.message, error.hint);
}

void Messages::warning(std::string_view text, std::string_view hint) const {
    print(Severity::warning, text, hint);
}

void Messages::note(std::string_view text) const {
    if (loudness_ != Loudness::quiet) {
        print(Severity::note, text, {});
    }
}

void Messages::detail(std::string_view text) const {
    if (loudness_ == Loudness::verbose) {
        print(Severity::note, text, {});
    }
}

void Messages::note_line(std::string_view text) const {
    if (loudness_ != Loudness::quiet) {
        static_cast<void>(write_all(fd_, printable(text) + "\n"));
    }
}

void Messages::print(Severity severity, std::string_view text, std::string_view hint) const {
    const auto colored = [this](std::string_view color, std::string_view word) {
        return terminal_.color ? std::string(color) + std::string(word) + std::string(kPlain)
                               : std::string(word);
    };
    std::string line = "assay: ";
    switch (severity) {
    case Severity::error:
        line += colored(kRed, "error:") + " ";
        break;
    case Severity::warning:
        line += colored(kYellow, "warning:") + " ";
        break;
    case Severity::note:
        break;
    }
    line += printable(text) + "\n";
    if (!hint.empty()) {
        line += "  " + colored(kDim, "hint:") + " " + printable(hint) + "\n";
    }
    // Nobody left to tell when stderr itself is gone.
    static_cast<void>(write_all(fd_, line));
}

Messages messages_for(const Invocation& invocation) {
    return {STDERR_FILENO,
            detect_terminal(STDERR_FILENO, color_choice(invocation), process_environment()),
            loudness_of(invocation)};
}

int report(const Messages& say, const Error& error) {
    say.error(error);
    return static_cast<int>(exit_code_of(error.kind));
}

} // namespace assay::app
