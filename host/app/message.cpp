#include "app/message.hpp"

#include "support/text.hpp"
#include "support/unique_fd.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unistd.h>
#include <utility>

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

struct CodePoint {
    char32_t code = 0;
    std::size_t bytes = 1; // of what is no UTF-8: one, and the code 0
};

CodePoint first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (bytes > text.size() || !is_utf8(text.substr(0, bytes))) {
        return {};
    }
    char32_t code = bytes == 1 ? lead : lead & (0x7fU >> bytes);
    for (const char next : text.substr(1, bytes - 1)) {
        code = code << 6U | (static_cast<unsigned char>(next) & 0x3fU);
    }
    return {code, bytes};
}

// What a terminal obeys instead of showing it: C0 and C1 but for line breaks and tabs, separators
// of lines, marks and overrides of direction, what nobody can see. Joiners (U+200C, U+200D) stay:
// words and emoji are made with them.
bool is_obeyed(char32_t code) {
    constexpr std::array<std::pair<char32_t, char32_t>, 12> kObeyed{{{0x00, 0x08},
                                                                     {0x0b, 0x1f},
                                                                     {0x7f, 0x9f},
                                                                     {0xad, 0xad},
                                                                     {0x61c, 0x61c},
                                                                     {0x180e, 0x180e},
                                                                     {0x200b, 0x200b},
                                                                     {0x200e, 0x200f},
                                                                     {0x2028, 0x202e},
                                                                     {0x2060, 0x206f},
                                                                     {0xfeff, 0xfeff},
                                                                     {0xe0000, 0xe007f}}};
    return std::ranges::any_of(
        kObeyed, [code](const auto& range) { return code >= range.first && code <= range.second; });
}

} // namespace

std::string printable(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = first_of(text);
        if (is_obeyed(next.code)) {
            clean.append(next.bytes, '?');
        } else {
            clean += text.substr(0, next.bytes);
        }
        text.remove_prefix(next.bytes);
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
