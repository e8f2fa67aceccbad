#include "app/gate/rule_lines.hpp"

#include "support/file.hpp"

#include <algorithm>

namespace assay::app {
namespace {

// The string that begins at `at`, without its quotes; `at` is moved behind it.
std::string_view quoted_at(std::string_view text, std::size_t& at) {
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    const std::size_t end = std::min(at, text.size());
    at = std::min(end + 1, text.size());
    return text.substr(begin, end - begin);
}

} // namespace

RuleLines rule_lines_in(std::string_view text) {
    RuleLines lines;
    bool is_id = false; // the last string was "id", and a colon and white space alone followed it
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '"') {
            line += text[at] == '\n' ? 1 : 0;
            is_id = is_id && std::string_view(": \t\r\n").find(text[at]) != std::string_view::npos;
            ++at;
            continue;
        }
        const std::string_view word = quoted_at(text, at);
        if (is_id) {
            lines.emplace(word, line);
        }
        is_id = !is_id && word == "id";
    }
    return lines;
}

RuleLines rule_lines_of(const std::string& path) {
    const auto text = read_file(path);
    return text ? rule_lines_in(*text) : RuleLines();
}

} // namespace assay::app
