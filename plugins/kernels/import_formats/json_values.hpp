// Values of a foreign JSON document as what an imported case holds.
//
//   row.parameters.emplace_back(std::string(member.key()), value_of(member));
//   metric.mean = number_or_unknown(stats["mean"]);
//
// Pure functions.
#pragma once

#include "import_formats/json_tree.hpp"

#include <assay/imported.hpp>

namespace assay::import_formats {

// A scalar as itself, everything else as the text it is written in.
[[nodiscard]] assay::imported_value value_of(JsonNode node);

[[nodiscard]] inline double number_or_unknown(JsonNode node) noexcept {
    return node.number().value_or(assay::imported_metric::unknown);
}

// A count that a document holds; 0: it holds none.
[[nodiscard]] inline std::uint64_t count_of(JsonNode node) noexcept {
    const std::int64_t number = node.integer().value_or(0);
    return number > 0 ? static_cast<std::uint64_t>(number) : 0;
}

// Adds a fact where there is one: a text that is not empty, a number or a truth.
void add_fact(assay::imported_facts& facts, std::string_view name, JsonNode value);

} // namespace assay::import_formats
