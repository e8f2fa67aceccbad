// Names of attributes and texts as small numbers, and the one type that each attribute has.
//
//   Vocabulary words;
//   const std::uint32_t risk = words.intern("risk_level", AttributeType::number);
//   words.text("medical") == words.text("medical");
//
// The first use of a name fixes its type. Numbers are given once and stay. One thread while it
// grows, any number while it does not.
#pragma once

#include "policy.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::policy_decision {

class Vocabulary {
public:
    // Throws PolicyError where the name has another type; `where` begins its text.
    std::uint32_t intern(const std::string& name, AttributeType type, std::string_view where = {});

    [[nodiscard]] std::optional<std::uint32_t> find(const std::string& name) const;

    [[nodiscard]] AttributeType type(std::uint32_t attribute) const { return types_[attribute]; }

    [[nodiscard]] std::size_t size() const noexcept { return types_.size(); }

    // A value as one number: of a boolean 0 or 1, of a text its own. Equal values, equal numbers.
    double intern_value(const Value& value);

    // Of a value that was interned; throws std::out_of_range otherwise.
    [[nodiscard]] double number(const Value& value) const;

private:
    std::unordered_map<std::string, std::uint32_t> names_, texts_;
    std::vector<AttributeType> types_;
};

[[nodiscard]] std::string_view name_of(AttributeType type) noexcept;

// The text of a refusal: the name has one type and is used with another.
[[nodiscard]] PolicyError type_mismatch(std::string_view where,
                                        std::string_view attribute,
                                        AttributeType known,
                                        AttributeType used);

} // namespace assay::policy_decision
