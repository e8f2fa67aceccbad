#include "json_layout.hpp"

namespace json_reporter {
namespace {

// The string that starts at `text[start]`, with its quotes.
std::string_view string_at(std::string_view text, std::size_t start) {
    std::size_t end = start + 1;
    while (end < text.size() && text[end] != '"') {
        end += text[end] == '\\' ? 2 : 1;
    }
    return text.substr(start, end + 1 - start);
}

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

} // namespace

std::string line_break(std::size_t indent, std::size_t level) {
    return indent == 0 ? std::string() : "\n" + std::string(indent * level, ' ');
}

std::string laid_out(std::string_view text, std::size_t indent, std::size_t level) {
    if (indent == 0) {
        return std::string(text);
    }
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_space(c)) {
            continue;
        }
        if (c == '"') {
            const std::string_view string = string_at(text, i);
            out += string;
            i += string.size() - 1;
        } else if (c == '{' || c == '[') {
            const std::size_t next = text.find_first_not_of(" \n\t\r", i + 1);
            const bool empty =
                next != std::string_view::npos && text[next] == (c == '{' ? '}' : ']');
            out += c;
            if (empty) {
                out += text[next];
                i = next;
            } else {
                out += line_break(indent, ++level);
            }
        } else if (c == '}' || c == ']') {
            out += line_break(indent, --level);
            out += c;
        } else {
            out += c;
            out += c == ',' ? line_break(indent, level) : c == ':' ? " " : "";
        }
    }
    return out;
}

} // namespace json_reporter
