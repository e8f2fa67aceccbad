#include "import_formats/text_lines.hpp"

#include "import_formats/utf8.hpp"

#include <assay/importer.hpp>

namespace assay::import_formats {
namespace {

constexpr char kEscape = '\x1B';
constexpr char kBell = '\x07';

bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

// Past the sequence that begins at `at` with ESC.
std::size_t after_escape(std::string_view text, std::size_t at) noexcept {
    if (at + 1 >= text.size()) {
        return text.size();
    }
    const char kind = text[at + 1];
    at += 2;
    if (kind == '[') { // CSI: parameters, then a final byte
        while (at < text.size() && (text[at] < '@' || text[at] > '~')) {
            ++at;
        }
        return std::min(at + 1, text.size());
    }
    if (kind == ']') { // OSC: up to BEL or ESC backslash
        while (at < text.size() && text[at] != kBell && text[at] != kEscape) {
            ++at;
        }
        return std::min(at + (at < text.size() && text[at] == kEscape ? 2 : 1), text.size());
    }
    return at;
}

} // namespace

TextLines::TextLines(std::string_view text) noexcept
    : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

std::optional<TextLine> TextLines::next() {
    if (at_ >= text_.size()) {
        return std::nullopt;
    }
    TextLine line{.text = {}, .number = ++number_, .offset = at_};
    const std::size_t newline = text_.find('\n', at_);
    line.ended = newline != std::string_view::npos;
    const std::size_t end = line.ended ? newline : text_.size();
    if (end - at_ > line_bytes_max) {
        throw damaged(place_in(text_, at_) + ": a line has at most 1 MiB");
    }
    line.text = text_.substr(at_, end - at_);
    if (!(line.ended ? is_utf8(line.text) : looks_like_text(line.text))) {
        throw damaged("line " + std::to_string(number_) + ": is no UTF-8");
    }
    at_ = end + 1;
    if (line.text.ends_with('\r')) {
        line.text.remove_suffix(1);
    }
    if (line.text.find(kEscape) != std::string_view::npos) {
        plain_ = without_escapes(line.text);
        line.text = plain_;
    }
    return line;
}

std::string without_escapes(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == kEscape) {
            at = after_escape(text, at);
        } else {
            plain += text[at++];
        }
    }
    return plain;
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        while (at < line.size() && is_space(line[at])) {
            ++at;
        }
        const std::size_t begin = at;
        while (at < line.size() && !is_space(line[at])) {
            ++at;
        }
        if (at > begin) {
            words.push_back(line.substr(begin, at - begin));
        }
    }
    return words;
}

std::string_view trimmed_text(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

bool looks_like_text(std::string_view head) noexcept {
    if (head.find('\0') != std::string_view::npos) {
        return false;
    }
    constexpr std::size_t kLetterBytes = 4;
    for (std::size_t cut = 0; cut < kLetterBytes && cut <= head.size(); ++cut) {
        if (is_utf8(head.substr(0, head.size() - cut))) {
            return true;
        }
    }
    return false;
}

} // namespace assay::import_formats
