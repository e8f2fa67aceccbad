#include "import_formats/json_parser.hpp"

#include "import_formats/numbers.hpp"
#include "import_formats/utf8.hpp"

#include <cmath>
#include <limits>

namespace assay::import_formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string shown(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
        return std::string("'") + c + "'";
    }
    return "byte " + std::to_string(byte);
}

} // namespace

void JsonParser::read_whole() {
    read_one();
    if (tree_.is_damaged()) {
        return;
    }
    skip_space();
    tree_.end_ = at_;
    if (!at_end()) {
        damaged("expected nothing behind the document, found " + shown(next()));
    }
}

void JsonParser::read_one() {
    tree_.text_ = text_;
    tree_.texts_.reserve(64);
    if (text_.size() > document_bytes_max) {
        damaged("a document has at most 256 MiB");
        return;
    }
    if (at_ == 0 && text_.starts_with(kByteOrderMark)) {
        at_ = kByteOrderMark.size();
    }
    skip_space();
    std::uint32_t root = 0;
    if (value(1, root)) {
        tree_.end_ = at_;
    }
}

void JsonParser::skip_space() noexcept {
    while (!at_end() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
        ++at_;
    }
}

bool JsonParser::damaged(std::string what) {
    if (tree_.damage_.empty()) {
        tree_.damage_ = std::move(what);
        tree_.end_ = at_;
    }
    return false;
}

bool JsonParser::value(std::size_t depth, std::uint32_t& index) {
    if (tree_.nodes_.size() >= values_max) {
        return damaged("a document has at most 20 million values");
    }
    if (at_end()) {
        return damaged("the document ends where a value was expected");
    }
    index = static_cast<std::uint32_t>(tree_.nodes_.size());
    JsonTree::Node node;
    node.begin = static_cast<std::uint32_t>(at_);
    tree_.nodes_.push_back(node);
    bool read = false;
    switch (next()) {
    case '{':
    case '[':
        read = container(depth, index, next() == '{');
        break;
    case '"': {
        std::uint32_t number = 0;
        tree_.nodes_[index].kind = JsonKind::string;
        read = string(number);
        tree_.nodes_[index].string = number;
        break;
    }
    case 't':
    case 'f':
    case 'n':
    case 'N':
    case 'I':
        read = word(index);
        break;
    default:
        read = number(index);
    }
    tree_.nodes_[index].end = static_cast<std::uint32_t>(at_);
    tree_.nodes_[index].complete = read;
    return read;
}

bool JsonParser::container(std::size_t depth, std::uint32_t index, bool object) {
    tree_.nodes_[index].kind = object ? JsonKind::object : JsonKind::array;
    if (depth > nesting_max) {
        return damaged("nesting is deeper than " + std::to_string(nesting_max));
    }
    const char close = object ? '}' : ']';
    ++at_;
    skip_space();
    if (next() == close) {
        ++at_;
        return true;
    }
    std::uint32_t last = 0;
    while (true) {
        std::uint32_t key = 0;
        if (object && !member_key(key)) {
            return false;
        }
        std::uint32_t child = 0;
        const std::size_t before = tree_.nodes_.size();
        const bool read = value(depth + 1, child);
        if (tree_.nodes_.size() > before) { // also one that was only begun
            tree_.nodes_[child].key = key;
            (last == 0 ? tree_.nodes_[index].first : tree_.nodes_[last].next) = child;
            last = child;
        }
        if (!read) {
            return false;
        }
        skip_space();
        if (next() == close) {
            ++at_;
            return true;
        }
        if (next() != ',') {
            return damaged(
                at_end()
                    ? std::string("the document ends inside ") + (object ? "an object" : "an array")
                    : "expected ',' or '" + std::string(1, close) + "', found " + shown(next()));
        }
        ++at_;
        skip_space();
    }
}

bool JsonParser::member_key(std::uint32_t& key) {
    if (next() != '"') {
        return damaged(at_end() ? "the document ends inside an object"
                                : "expected a member's name in quotes, found " + shown(next()));
    }
    if (!string(key)) {
        return false;
    }
    skip_space();
    if (next() != ':') {
        return damaged(at_end() ? "the document ends inside an object"
                                : "expected ':', found " + shown(next()));
    }
    ++at_;
    skip_space();
    return true;
}

bool JsonParser::string(std::uint32_t& number) {
    const std::size_t begin = ++at_;
    std::string decoded;
    bool has_escapes = false;
    std::size_t plain = begin; // what is not in `decoded` yet
    while (!at_end() && text_[at_] != '"') {
        if (static_cast<unsigned char>(text_[at_]) < 0x20) {
            return damaged("a string is not closed on its line");
        }
        if (at_ - begin > string_bytes_max) {
            return damaged("a string has at most 1 MiB");
        }
        if (text_[at_] != '\\') {
            ++at_;
            continue;
        }
        has_escapes = true;
        decoded.append(text_.substr(plain, at_ - plain));
        ++at_;
        if (!escape(decoded)) {
            return false;
        }
        plain = at_;
    }
    if (at_end()) {
        return damaged("the document ends inside a string");
    }
    const std::string_view raw = text_.substr(begin, at_ - begin);
    if (!is_utf8(raw)) {
        return damaged("a string is no UTF-8");
    }
    if (has_escapes) {
        decoded.append(text_.substr(plain, at_ - plain));
        tree_.texts_.push_back(tree_.decoded_.emplace_back(std::move(decoded)));
    } else {
        tree_.texts_.push_back(raw);
    }
    ++at_;
    number = static_cast<std::uint32_t>(tree_.texts_.size());
    return true;
}

bool JsonParser::code_unit(std::uint32_t& unit) {
    unit = 0;
    for (int digit = 0; digit < 4; ++digit, ++at_) {
        const char c = next();
        const std::uint32_t letter = static_cast<std::uint32_t>((c | 0x20) - 'a');
        if (c >= '0' && c <= '9') {
            unit = unit * 16 + static_cast<std::uint32_t>(c - '0');
        } else if (letter < 6) {
            unit = unit * 16 + 10 + letter;
        } else {
            return damaged("\\u needs four hexadecimal digits");
        }
    }
    return true;
}

bool JsonParser::escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const char c = next();
    if (const std::size_t found = kNames.find(c); found != std::string_view::npos && !at_end()) {
        out += kMeant[found];
        ++at_;
        return true;
    }
    if (c != 'u') {
        return damaged(at_end() ? "the document ends inside a string" : "unknown escape");
    }
    ++at_;
    std::uint32_t code = 0;
    if (!code_unit(code)) {
        return false;
    }
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
        at_ += 2;
        std::uint32_t low = 0;
        if (!code_unit(low)) {
            return false;
        }
        if (low < 0xDC00 || low > 0xDFFF) {
            return damaged("half of a surrogate pair");
        }
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    } else if (code >= 0xD800 && code <= 0xDFFF) {
        return damaged("half of a surrogate pair");
    }
    append_utf8(out, code);
    return true;
}

bool JsonParser::number(std::uint32_t index) {
    JsonTree::Node& node = tree_.nodes_[index];
    node.kind = JsonKind::number;
    if (text_.substr(at_).starts_with("-Infinity")) {
        at_ += 9;
        node.finite = false;
        return true;
    }
    std::size_t end = at_;
    while (end < text_.size() && is_number_byte(text_[end])) {
        ++end;
    }
    const std::string_view digits = text_.substr(at_, end - at_);
    if (digits.empty()) {
        return damaged("expected a value, found " + shown(next()));
    }
    if (end == text_.size()) { // more digits may have followed
        return damaged("the document ends inside a number");
    }
    const std::optional<double> value = read_number(digits);
    if (!value || digits.front() == '.' || digits.front() == '+') {
        return damaged("'" + std::string(digits.substr(0, 40)) + "' is no number");
    }
    node.number = *value;
    node.finite = std::isfinite(*value);
    at_ = end;
    return true;
}

bool JsonParser::word(std::uint32_t index) {
    struct Word {
        std::string_view text;
        JsonKind kind;
        bool truth, finite;
    };

    static constexpr Word kWords[] = {{"true", JsonKind::boolean, true, true},
                                      {"false", JsonKind::boolean, false, true},
                                      {"null", JsonKind::null, false, true},
                                      {"NaN", JsonKind::number, false, false},
                                      {"Infinity", JsonKind::number, false, false}};
    for (const Word& word : kWords) {
        if (text_.substr(at_).starts_with(word.text)) {
            JsonTree::Node& node = tree_.nodes_[index];
            node.kind = word.kind;
            node.truth = word.truth;
            node.finite = word.finite;
            at_ += word.text.size();
            return true;
        }
    }
    return damaged("expected a value, found " + shown(next()));
}

} // namespace assay::import_formats
