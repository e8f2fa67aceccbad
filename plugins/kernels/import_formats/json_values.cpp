#include "import_formats/json_values.hpp"

namespace assay::import_formats {

assay::imported_value value_of(JsonNode node) {
    if (const auto whole = node.integer()) {
        return *whole;
    }
    if (const auto number = node.number()) {
        return *number;
    }
    if (const auto truth = node.boolean()) {
        return *truth;
    }
    return std::string(node.is(JsonKind::string) ? node.text() : node.source());
}

void add_fact(assay::imported_facts& facts, std::string_view name, JsonNode value) {
    const bool scalar = value.is(JsonKind::number) || value.is(JsonKind::boolean) ||
                        (value.is(JsonKind::string) && !value.text().empty());
    if (scalar && value.complete() && !value.non_finite()) {
        facts.emplace_back(std::string(name), value_of(value));
    }
}

} // namespace assay::import_formats
