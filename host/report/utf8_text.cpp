#include "report/utf8_text.hpp"

#include "support/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace assay::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the valid sequence that `text` starts with, or 0.
std::size_t sequence_length(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length) {
        if (is_utf8(text.substr(0, length))) {
            return length;
        }
    }
    return 0;
}

void mend_entries(json::object& object) {
    const bool keys_valid = std::all_of(
        object.begin(), object.end(), [](const auto& entry) { return is_utf8(entry.key()); });
    if (!keys_valid) {
        json::object renamed;
        for (auto& entry : object) {
            renamed.emplace(valid_utf8(entry.key()), std::move(entry.value()));
        }
        object = std::move(renamed);
    }
    for (auto& entry : object) {
        make_valid_utf8(entry.value());
    }
}

} // namespace

std::string valid_utf8(std::string_view text) {
    if (is_utf8(text)) {
        return std::string(text);
    }
    std::string out;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        out += length == 0 ? kReplacement : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return out;
}

void make_valid_utf8(json::value& document) {
    if (document.is_string()) {
        json::string& text = document.get_string();
        if (!is_utf8(text)) {
            text = valid_utf8(text);
        }
    } else if (document.is_array()) {
        for (json::value& element : document.get_array()) {
            make_valid_utf8(element);
        }
    } else if (document.is_object()) {
        mend_entries(document.get_object());
    }
}

} // namespace assay::report
