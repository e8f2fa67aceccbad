#include "support/json.hpp"
#include "support/text.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace assay {
namespace {

void append_string(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    if (!is_utf8(text)) {
        append_string(out, valid_utf8(text));
        return;
    }
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += kHex[(c >> 4) & 0xF];
                out += kHex[c & 0xF];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

void append_double(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

class Writer {
public:
    Writer(JsonLayout layout, KeyOrder order)
        : layout_(layout)
        , order_(order) {}

    void write(const json::value& value) {
        switch (value.kind()) {
        case json::kind::null:
            out_ += "null";
            break;
        case json::kind::bool_:
            out_ += value.get_bool() ? "true" : "false";
            break;
        case json::kind::int64:
            out_ += std::to_string(value.get_int64());
            break;
        case json::kind::uint64:
            out_ += std::to_string(value.get_uint64());
            break;
        case json::kind::double_:
            append_double(out_, value.get_double());
            break;
        case json::kind::string:
            append_string(out_, value.get_string());
            break;
        case json::kind::array:
            write_array(value.get_array());
            break;
        case json::kind::object:
            write_object(value.get_object());
            break;
        }
    }

    std::string take() { return std::move(out_); }

private:
    void new_line() {
        if (layout_ == JsonLayout::indented) {
            out_ += '\n';
            out_.append(depth_ * 2, ' ');
        }
    }

    void write_array(const json::array& array) {
        out_ += '[';
        ++depth_;
        bool first = true;
        for (const auto& element : array) {
            if (!first) {
                out_ += ',';
            }
            first = false;
            new_line();
            write(element);
        }
        --depth_;
        if (!array.empty()) {
            new_line();
        }
        out_ += ']';
    }

    void write_object(const json::object& object) {
        std::vector<const json::key_value_pair*> members;
        members.reserve(object.size());
        for (const auto& member : object) {
            members.push_back(&member);
        }
        if (order_ == KeyOrder::sorted) {
            std::ranges::sort(
                members, {}, [](const auto* m) { return std::string_view(m->key()); });
        }
        out_ += '{';
        ++depth_;
        bool first = true;
        for (const auto* member : members) {
            if (!first) {
                out_ += ',';
            }
            first = false;
            new_line();
            append_string(out_, member->key());
            out_ += layout_ == JsonLayout::indented ? ": " : ":";
            write(member->value());
        }
        --depth_;
        if (!members.empty()) {
            new_line();
        }
        out_ += '}';
    }

    JsonLayout layout_;
    KeyOrder order_;
    std::size_t depth_ = 0;
    std::string out_;
};

} // namespace

std::string write_json(const json::value& value, JsonLayout layout, KeyOrder order) {
    Writer writer(layout, order);
    writer.write(value);
    return writer.take();
}

std::string canonical_json(const json::value& value) {
    return write_json(value, JsonLayout::compact, KeyOrder::sorted);
}

json::value json_number(double value) {
    return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

json::value json_count(std::uint64_t value) {
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return json::value(static_cast<std::int64_t>(std::min(value, kMax)));
}

json::value json_text(const std::string& text) {
    return text.empty() || !is_utf8(text) ? json::value(nullptr) : json::value(text);
}

const json::value* json_at(const json::value& document, std::string_view pointer) {
    json::error_code error;
    const json::value* found = document.find_pointer({pointer.data(), pointer.size()}, error);
    return error ? nullptr : found;
}

std::string
json_string(const json::object& object, std::string_view key, std::string_view fallback) {
    const json::value* member = object.if_contains(key);
    if (member == nullptr || !member->is_string()) {
        return std::string(fallback);
    }
    return std::string(std::string_view(member->get_string()));
}

double json_double(const json::object& object, std::string_view key, double fallback) {
    const json::value* member = object.if_contains(key);
    if (member == nullptr) {
        return fallback;
    }
    json::error_code error;
    const double number = member->to_number<double>(error);
    return error ? fallback : number;
}

std::int64_t json_int(const json::object& object, std::string_view key, std::int64_t fallback) {
    const json::value* member = object.if_contains(key);
    if (member == nullptr) {
        return fallback;
    }
    json::error_code error;
    const auto number = member->to_number<std::int64_t>(error);
    return error ? fallback : number;
}

bool json_bool(const json::object& object, std::string_view key, bool fallback) {
    const json::value* member = object.if_contains(key);
    return member != nullptr && member->is_bool() ? member->get_bool() : fallback;
}

} // namespace assay
