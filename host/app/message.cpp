#include "app/message.hpp"

#include "support/unique_fd.hpp"

#include <algorithm>
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

// The bytes, in UTF-8, of a character beyond ASCII at the beginning that a terminal obeys and does
// not show: C1 controls, which some take like ESC [, and what turns the direction of the text
// around it, so that it reads as something else. 0: any other.
std::size_t obeyed_sequence(std::string_view text) {
    const auto byte = [&text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const bool c1 = byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) < 0xa0; // U+0080 to U+009F
    const bool arabic_mark = byte(0) == 0xd8 && byte(1) == 0x9c;          // U+061C
    if (c1 || arabic_mark) {
        return 2;
    }
    if (byte(0) != 0xe2) {
        return 0;
    }
    const unsigned last = byte(2);
    const bool marks = byte(1) == 0x80 && (last == 0x8e || last == 0x8f);    // U+200E, U+200F
    const bool embeddings = byte(1) == 0x80 && last >= 0xa8 && last <= 0xae; // U+2028 to U+202E
    const bool isolates = byte(1) == 0x81 && last >= 0xa6 && last <= 0xa9;   // U+2066 to U+2069
    return marks || embeddings || isolates ? 3 : 0;
}

} // namespace

std::string printable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
        const std::size_t obeyed = control ? 1 : obeyed_sequence(text.substr(i));
        clean += obeyed > 0 ? '?' : text[i];
        i += std::max<std::size_t>(obeyed, 1);
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
