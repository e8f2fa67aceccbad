#include "xml_text.hpp"

#include "report_text/safe_text.hpp"

#include <array>
#include <charconv>

namespace junit_reporter {
namespace {

// The bytes of the character at the front; those of a broken one are told by safe_text().
std::size_t length_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return length <= text.size() ? length : 1;
}

// U+FFFE and U+FFFF are UTF-8 and no characters of XML.
bool is_no_character(std::string_view character) {
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

} // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, length_of(text));
        text.remove_prefix(character.size());
        const char c = character.front();
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (c == '\n' || c == '\r' || c == '\t') {
            out += "&#" + std::to_string(static_cast<int>(c)) + ";";
        } else if (is_no_character(character)) {
            out += "\\u{fff" + std::string(character.back() == '\xBE' ? "e" : "f") + "}";
        } else {
            out += report_text::safe_text(character, true);
        }
    }
    return out;
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

std::string decimal_text(double value) {
    std::array<char, 400> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed)
            .ptr;
    return {digits.data(), end};
}

} // namespace junit_reporter
