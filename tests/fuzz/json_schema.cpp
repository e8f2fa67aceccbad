#include "property.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"
#include "targets.hpp"

namespace assay::fuzz {
namespace {

const Schema& suite_schema() {
    static const Schema schema = *Schema::compile(R"({
      "type": "object", "additionalProperties": false, "required": ["n"],
      "properties": {
        "n": {"type": "integer", "minimum": 1, "maximum": 64, "default": 8},
        "impl": {"enum": ["full", "cached"], "default": "full"},
        "sizes": {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0}},
        "text": {"type": "string", "minLength": 1, "maxLength": 4},
        "deep": {"type": "object", "additionalProperties": {"type": ["boolean", "null"]}}}})",
                                                  SchemaLevel::plugin);
    return schema;
}

const Schema& document_schema() {
    static const Schema schema = *Schema::compile(R"({
      "definitions": {"node": {"type": "object", "properties": {
        "name": {"type": "string", "pattern": "^[a-z]*$"}, "next": {"$ref": "#/definitions/node"}}}},
      "oneOf": [{"$ref": "#/definitions/node"}, {"type": "array", "maxItems": 3}]})",
                                                  SchemaLevel::host);
    return schema;
}

void check(const Schema& schema, json::value document) {
    for (const SchemaProblem& problem : schema.validate(document)) {
        require(!problem.expected.empty() && !problem.found.empty(), "a problem says what it is");
        require(json_at(document, problem.pointer) != nullptr,
                "a problem's pointer leads somewhere");
    }
    schema.fill_defaults(document);
    const std::string once = canonical_json(document);
    schema.fill_defaults(document);
    require(canonical_json(document) == once, "defaults are filled once");
}

} // namespace

void json_schema(std::string_view bytes) {
    const auto document = parse_json(bytes, {DuplicateKeys::reject, std::size_t{1} << 20});
    if (!document) {
        require(!document.error().message.empty(), "a refusal says why");
        return;
    }
    const auto second = parse_json(write_json(*document));
    require(second.ok(), "what was written can be read");
    const auto third = parse_json(write_json(*second));
    require(third.ok() && *third == *second, "reading and writing come to rest");
    check(suite_schema(), *document);
    check(document_schema(), *document);
    if (const auto schema = Schema::compile(bytes, SchemaLevel::plugin)) {
        check(*schema, json::object{{"n", 1}});
        check(*schema, *document);
    }
}

} // namespace assay::fuzz
