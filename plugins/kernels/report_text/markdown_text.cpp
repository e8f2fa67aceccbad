#include "report_text/markdown_text.hpp"

#include "report_text/safe_text.hpp"

#include <algorithm>

namespace report_text {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string entity(char c) {
    return "&#" + std::to_string(static_cast<int>(c)) + ";";
}

std::string shown(std::string_view text, std::size_t columns_max) {
    return cut_to_width(safe_text(text, true), columns_max, true);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Whether the character there does anything but stand there.
bool is_markup(std::string_view text, std::size_t i) {
    constexpr std::string_view kAlways = "\\`*<>&|~#@$";
    const char c = text[i];
    const char before = i > 0 ? text[i - 1] : ' ';
    const char after = i + 1 < text.size() ? text[i + 1] : ' ';
    switch (c) {
    case '_': // emphasis, but not inside a word
        return !is_word(before) || !is_word(after);
    case '(': // a link; brackets alone are none without a definition
        return before == ']';
    case ':': // an address or an emoji, but not a time or the end of a phrase
        return after != ' ' && !(is_digit(before) && is_digit(after));
    case '.':
        return i >= 3 && text.substr(i - 3, 3) == "www";
    default:
        return kAlways.find(c) != std::string_view::npos;
    }
}

// Entities are text and never markup: a backslash before a mention or a reference is not enough,
// since those are looked for after Markdown has been read.
std::string without_markup(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += is_markup(text, i) ? entity(text[i]) : std::string(1, text[i]);
    }
    return out;
}

} // namespace

std::string code(std::string_view text, std::size_t columns_max) {
    const std::string safe = shown(text, columns_max);
    // A code span cannot hold a backtick of its own, and a table's cell no pipe.
    if (safe.empty() || safe.find_first_of("`|\\<>&") == std::string::npos) {
        return safe.empty() ? safe : "`" + safe + "`";
    }
    return "<code>" + without_markup(safe) + "</code>";
}

std::string prose(std::string_view text, std::size_t columns_max) {
    return without_markup(shown(text, columns_max));
}

std::string table_row(std::initializer_list<std::string_view> cells) {
    std::string row = "|";
    for (const std::string_view cell : cells) {
        row += " " + (cell.empty() ? std::string("–") : std::string(cell)) + " |";
    }
    return row + "\n";
}

} // namespace report_text
