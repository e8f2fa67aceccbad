#include "function_lengths.hpp"

#include "code_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::guards {
namespace {

struct Token {
    std::string text; // a word, or one character of punctuation ("::" and "->" as one)
    std::size_t line = 0;
};

std::vector<Token> tokens_of(std::string_view code) {
    std::vector<Token> tokens;
    std::size_t line = 1;
    for (std::size_t at = 0; at < code.size();) {
        std::size_t length = 1;
        if (code[at] == '\n') {
            ++line;
        } else if (is_word(code[at])) {
            while (at + length < code.size() && is_word(code[at + length])) {
                ++length;
            }
        } else if (code.substr(at, 2) == "[[") { // an attribute says nothing about lengths
            const std::size_t end = std::min(code.find("]]", at), code.size() - 2) + 2;
            line += static_cast<std::size_t>(std::count(&code[at], &code[at] + (end - at), '\n'));
            at = end;
            continue;
        } else if (code.substr(at, 2) == "::" || code.substr(at, 2) == "->") {
            length = 2;
        }
        if (std::isspace(static_cast<unsigned char>(code[at])) == 0) {
            tokens.push_back({std::string(code.substr(at, length)), line});
        }
        at += length;
    }
    return tokens;
}

using Head = std::vector<Token>; // what stands before an opening brace since the last ; { or }

bool has(const Head& head, std::string_view word) {
    return std::any_of(
        head.begin(), head.end(), [&](const Token& token) { return token.text == word; });
}

std::ptrdiff_t paren_depth(const Head& head) {
    std::ptrdiff_t depth = 0;
    for (const Token& token : head) {
        depth += token.text == "(" ? 1 : token.text == ")" ? -1 : 0;
    }
    return depth;
}

// Where a `template <...>` in front ends: a default argument in there assigns nothing.
std::size_t after_template(const Head& head) {
    std::size_t at = 0;
    while (at + 1 < head.size() && head[at].text == "template") {
        std::ptrdiff_t depth = 0;
        do {
            ++at;
            depth += head[at].text == "<" ? 1 : head[at].text == ">" ? -1 : 0;
        } while (depth > 0 && at + 1 < head.size());
        ++at;
    }
    return at;
}

// The index of the first token outside parentheses and template arguments for which `wanted` says
// yes, or head.size().
template <class Wanted>
std::size_t first_outside(const Head& head, Wanted wanted) {
    std::ptrdiff_t parentheses = 0, angles = 0;
    for (std::size_t i = after_template(head); i < head.size(); ++i) {
        const std::string& text = head[i].text;
        const bool after_word = i > 0 && is_word(head[i - 1].text.front());
        if (parentheses == 0 && angles == 0 && wanted(i)) {
            return i;
        }
        if (text == "(" || text == ")") {
            parentheses += text == "(" ? 1 : -1;
        } else if (text == "<" && after_word && head[i - 1].text != "operator") {
            ++angles;
        } else if (text == ">" && angles > 0) {
            --angles;
        }
    }
    return head.size();
}

// The first parenthesis that opens a parameter list.
std::size_t parameter_list(const Head& head) {
    constexpr std::array<std::string_view, 7> kNotNames{
        "alignas", "decltype", "noexcept", "requires", "explicit", "__attribute__", "__declspec"};
    return first_outside(head, [&](std::size_t i) {
        return head[i].text == "(" && i > 0 &&
               std::find(kNotNames.begin(), kNotNames.end(), head[i - 1].text) == kNotNames.end();
    });
}

bool assigns(const Head& head) {
    return !has(head, "operator") &&
           first_outside(head, [&](std::size_t i) { return head[i].text == "="; }) < head.size();
}

// `= [](int x) {`: a lambda with a name.
bool is_lambda(const Head& head) {
    for (std::size_t i = 0; i + 1 < head.size(); ++i) {
        if (head[i].text == "]" && head[i + 1].text == "(") {
            return true;
        }
    }
    return !head.empty() && head.back().text == "]" && has(head, "=");
}

// A brace after `: member_` or `, member_` of a constructor initialises that member.
bool initialises_member(const Head& head, std::size_t parameters) {
    const bool in_list = std::any_of(head.begin() + static_cast<std::ptrdiff_t>(parameters),
                                     head.end(),
                                     [](const Token& token) { return token.text == ":"; });
    const std::string& last = head.back().text;
    return in_list && (is_word(last.front()) || last == ">");
}

enum class Brace { scope, function, initialiser };

Brace cpp_brace(const Head& head) {
    if (head.empty()) {
        return Brace::scope;
    }
    if (paren_depth(head) > 0) {
        return Brace::initialiser; // a default argument, or an argument
    }
    if (is_lambda(head)) {
        return Brace::function;
    }
    const std::size_t parameters = parameter_list(head);
    if (assigns(head)) {
        return Brace::initialiser;
    }
    if (parameters == head.size()) {
        const bool scope = has(head, "namespace") || has(head, "class") || has(head, "struct") ||
                           has(head, "union") || has(head, "enum") || has(head, "extern");
        return scope ? Brace::scope : Brace::initialiser;
    }
    return initialises_member(head, parameters) ? Brace::initialiser : Brace::function;
}

Brace rust_brace(const Head& head) {
    if (has(head, "fn")) {
        return Brace::function;
    }
    const bool scope = has(head, "impl") || has(head, "mod") || has(head, "trait") ||
                       has(head, "struct") || has(head, "enum") || has(head, "union") ||
                       has(head, "extern");
    return scope ? Brace::scope : Brace::initialiser;
}

std::string name_of(const Head& head, Language language) {
    if (language == Language::rust) {
        const auto fn = std::find_if(
            head.begin(), head.end(), [](const Token& token) { return token.text == "fn"; });
        return fn != head.end() && fn + 1 != head.end() ? (fn + 1)->text : "";
    }
    std::size_t at = parameter_list(head);
    if (is_lambda(head)) {
        at = static_cast<std::size_t>(
            std::find_if(
                head.begin(), head.end(), [](const Token& token) { return token.text == "="; }) -
            head.begin());
    }
    std::string name;
    while (at-- > 0 && (is_word(head[at].text.front()) || head[at].text == "::")) {
        const bool joined = name.empty() || name.starts_with("::") || head[at].text == "::";
        if (!joined) {
            break;
        }
        name = head[at].text + name;
    }
    return name;
}

std::size_t matching_brace(const std::vector<Token>& tokens, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < tokens.size(); ++i) {
        depth += tokens[i].text == "{" ? 1 : tokens[i].text == "}" ? -1 : 0;
        if (depth == 0) {
            return i;
        }
    }
    return tokens.size() - 1;
}

// `public:` does not belong to what follows it.
bool ends_label(const Head& head) {
    return !head.empty() && (head.back().text == "public" || head.back().text == "private" ||
                             head.back().text == "protected");
}

} // namespace

std::vector<Function> functions_of(std::string_view text, Language language) {
    const std::vector<Token> tokens = tokens_of(code_only(text, language));
    std::vector<Function> functions;
    Head head;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& token = tokens[i].text;
        if (token == ";" || token == "}" || (token == ":" && ends_label(head))) {
            head.clear();
        } else if (token != "{") {
            head.push_back(tokens[i]);
        } else {
            const Brace brace = language == Language::rust ? rust_brace(head) : cpp_brace(head);
            if (brace == Brace::scope) {
                head.clear();
                continue;
            }
            const std::size_t close = matching_brace(tokens, i);
            if (brace == Brace::function) {
                const std::size_t first = head.front().line;
                functions.push_back(
                    {name_of(head, language), first, tokens[close].line - first + 1});
                head.clear();
            } else {
                head.push_back({"}", tokens[close].line}); // an initialiser, the head goes on
            }
            i = close;
        }
    }
    return functions;
}

} // namespace assay::guards
