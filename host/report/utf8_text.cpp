#include "report/utf8_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace assay::report {
namespace {

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
