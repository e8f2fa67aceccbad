// JSON as an importer hands it over: members of one object, written one after the other.
//
//   json_members text;
//   text.add("commit", run.commit);
//   text.str();                         // {"commit":"4f2c..."}
#pragma once

#include "../imported.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace assay::detail {

inline void append_json(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

inline void append_json(std::string& out, bool value) {
    out += value ? "true" : "false";
}

template <class Number>
requires std::integral<Number> || std::floating_point<Number>

void append_json(std::string& out, Number value) {
    if constexpr (std::floating_point<Number>) {
        if (!std::isfinite(value)) {
            out += "null";
            return;
        }
    }
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, end.ptr);
}

inline void append_json(std::string& out, const std::string& text) {
    append_json(out, std::string_view(text));
}

inline void append_json(std::string& out, const imported_value& value) {
    std::visit([&out](const auto& held) { append_json(out, held); }, value);
}

// Of each fact one of its own: a parameter that is called as the tool's own "threads" is another.
inline std::vector<std::string> own_names(const imported_facts& facts) {
    std::vector<std::string> names;
    names.reserve(facts.size());
    for (const auto& [given, value] : facts) {
        std::string name = given;
        for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n) {
            name = given + "_" + std::to_string(n);
        }
        names.push_back(std::move(name));
    }
    return names;
}

inline void append_json(std::string& out, const imported_facts& facts) {
    const std::vector<std::string> names = own_names(facts);
    out += '{';
    for (std::size_t i = 0; i < facts.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_json(out, names[i]);
        out += ':';
        append_json(out, facts[i].second);
    }
    out += '}';
}

template <class Item>
void append_json(std::string& out, const std::vector<Item>& items) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_json(out, items[i]);
    }
    out += ']';
}

class json_members {
public:
    template <class Value>
    void add(std::string_view key, const Value& value) {
        text_ += text_.empty() ? '{' : ',';
        append_json(text_, key);
        text_ += ':';
        append_json(text_, value);
    }

    void add_unless_empty(std::string_view key, const std::string& value) {
        if (!value.empty()) {
            add(key, value);
        }
    }

    template <class Value>
    void add_unless_empty(std::string_view key, const std::vector<Value>& value) {
        if (!value.empty()) {
            add(key, value);
        }
    }

    template <class Value>
    void add_if(std::string_view key, const std::optional<Value>& value) {
        if (value) {
            add(key, *value);
        }
    }

    [[nodiscard]] std::string str() const { return text_.empty() ? "{}" : text_ + "}"; }

private:
    std::string text_;
};

} // namespace assay::detail
