#include "support/file.hpp"
#include "support/json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <vector>

namespace assay {
namespace {

// Builds values from the parser's events. Doubles are re-read from their text, because the value
// the parser computed may be one unit in the last place off.
class ExactHandler {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    explicit ExactHandler(DuplicateKeys duplicates)
        : duplicates_(duplicates) {}

    json::value take() { return stack_.release(); }

    [[nodiscard]] const std::string& duplicate() const noexcept { return duplicate_; }

    bool on_document_begin(json::error_code&) {
        stack_.reset();
        return true;
    }

    bool on_document_end(json::error_code&) { return true; }

    bool on_object_begin(json::error_code&) {
        if (duplicates_ == DuplicateKeys::reject) {
            keys_.emplace_back();
        }
        return true;
    }

    bool on_object_end(std::size_t n, json::error_code&) {
        if (duplicates_ == DuplicateKeys::reject) {
            keys_.pop_back();
        }
        stack_.push_object(n);
        return true;
    }

    bool on_array_begin(json::error_code&) { return true; }

    bool on_array_end(std::size_t n, json::error_code&) {
        stack_.push_array(n);
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }

    bool on_key(json::string_view part, std::size_t, json::error_code& error) {
        key_.append(part.data(), part.size());
        stack_.push_key(part);
        if (duplicates_ == DuplicateKeys::reject && !keys_.back().insert(key_).second) {
            duplicate_ = key_;
            error = json::make_error_code(json::error::extra_data);
            return false;
        }
        key_.clear();
        return true;
    }

    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_chars(part);
        return true;
    }

    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        stack_.push_string(part);
        return true;
    }

    bool on_number_part(json::string_view part, json::error_code&) {
        number_.append(part.data(), part.size());
        return true;
    }

    bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
        number_.clear();
        stack_.push_int64(value);
        return true;
    }

    bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) {
        number_.clear();
        stack_.push_uint64(value);
        return true;
    }

    bool on_double(double value, json::string_view part, json::error_code&) {
        number_.append(part.data(), part.size());
        double exact = value;
        const auto read = std::from_chars(number_.data(), number_.data() + number_.size(), exact);
        // Out of range (1e999): keep what the parser made of it.
        stack_.push_double(read.ec == std::errc{} ? exact : value);
        number_.clear();
        return true;
    }

    bool on_bool(bool value, json::error_code&) {
        stack_.push_bool(value);
        return true;
    }

    bool on_null(json::error_code&) {
        stack_.push_null();
        return true;
    }

    bool on_comment_part(json::string_view, json::error_code&) { return true; }

    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    DuplicateKeys duplicates_;
    json::value_stack stack_;
    std::string number_;
    std::string key_;
    std::string duplicate_;
    std::vector<std::unordered_set<std::string>> keys_;
};

std::string position(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const auto before = text.substr(0, offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto start = before.rfind('\n');
    const auto column = start == std::string_view::npos ? offset + 1 : offset - start;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

} // namespace

Result<json::value> parse_json(std::string_view text, JsonReadOptions options) {
    if (text.size() > options.bytes_max) {
        return Error{ErrorKind::config,
                     "JSON document of " + std::to_string(text.size()) +
                         " bytes is larger than the limit of " + std::to_string(options.bytes_max),
                     {}};
    }
    json::basic_parser<ExactHandler> parser(json::parse_options{}, options.duplicate_keys);
    json::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size() &&
        text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) {
        error = json::make_error_code(json::error::extra_data);
    }
    if (!error) {
        return parser.handler().take();
    }
    std::string what = error.message();
    if (!parser.handler().duplicate().empty()) {
        what = "key '" + parser.handler().duplicate() + "' appears twice in one object";
    } else if (error == json::error::too_deep) {
        what = "nested deeper than 32 levels";
    }
    return Error{ErrorKind::config, "invalid JSON at " + position(text, used) + ": " + what, {}};
}

Result<json::value> read_json_file(const std::string& path, JsonReadOptions options) {
    auto text = read_file(path, options.bytes_max);
    if (!text) {
        return text.error();
    }
    auto document = parse_json(*text, options);
    if (!document) {
        return Error{
            document.error().kind, path + ": " + document.error().message, document.error().hint};
    }
    return document;
}

} // namespace assay
