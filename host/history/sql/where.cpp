#include "history/sql/where.hpp"

#include <utility>

namespace assay::history::sql {

void Where::equal(const std::string& column, const std::optional<std::string>& text) {
    if (text) {
        add(column + " = " + value(std::string_view(*text)));
    }
}

void Where::at_least(const std::string& column, const std::optional<std::int64_t>& number) {
    if (number) {
        add(column + " >= " + value(*number));
    }
}

void Where::at_most(const std::string& column, const std::optional<std::int64_t>& number) {
    if (number) {
        add(column + " <= " + value(*number));
    }
}

void Where::also(const std::string& condition) {
    if (!condition.empty()) {
        add(condition);
    }
}

void Where::platform(const std::optional<std::string>& name) {
    if (!name) {
        return;
    }
    const std::string label = value(std::string_view(*name));
    const std::string digits = value(std::string_view(*name));
    const std::string length = value(static_cast<std::int64_t>(name->size()));
    add("(platform.label = " + label + " OR substr(platform.fingerprint, 1, CAST(" + length +
        " AS INTEGER)) = " + digits + ")");
}

std::string Where::value(Value value) {
    values_.push_back(value);
    return "$" + std::to_string(values_.size());
}

std::string Where::text() const {
    return text_;
}

void Where::add(std::string condition) {
    text_ += (text_.empty() ? " WHERE " : " AND ") + std::move(condition);
}

} // namespace assay::history::sql
