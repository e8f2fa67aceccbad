#include "vocabulary.hpp"

namespace assay::policy_decision {

std::uint32_t
Vocabulary::intern(const std::string& name, AttributeType type, std::string_view where) {
    const auto [at, is_new] = names_.try_emplace(name, static_cast<std::uint32_t>(types_.size()));
    if (is_new) {
        types_.push_back(type);
    } else if (types_[at->second] != type) {
        throw type_mismatch(where, name, types_[at->second], type);
    }
    return at->second;
}

std::optional<std::uint32_t> Vocabulary::find(const std::string& name) const {
    const auto at = names_.find(name);
    return at == names_.end() ? std::nullopt : std::optional(at->second);
}

double Vocabulary::intern_value(const Value& value) {
    if (const std::string* text = std::get_if<std::string>(&value)) {
        texts_.try_emplace(*text, static_cast<std::uint32_t>(texts_.size()));
    }
    return number(value);
}

double Vocabulary::number(const Value& value) const {
    if (const double* number = std::get_if<double>(&value)) {
        return *number;
    }
    if (const bool* truth = std::get_if<bool>(&value)) {
        return *truth ? 1 : 0;
    }
    return texts_.at(std::get<std::string>(value));
}

std::string_view name_of(AttributeType type) noexcept {
    switch (type) {
    case AttributeType::number:
        return "a number";
    case AttributeType::boolean:
        return "true or false";
    case AttributeType::text:
        break;
    }
    return "a text";
}

PolicyError type_mismatch(std::string_view where,
                          std::string_view attribute,
                          AttributeType known,
                          AttributeType used) {
    std::string text(where);
    text += where.empty() ? "attribute '" : ": attribute '";
    text += attribute;
    text += "' is ";
    text += name_of(known);
    text += " and is used as ";
    text += name_of(used);
    return PolicyError(text);
}

} // namespace assay::policy_decision
