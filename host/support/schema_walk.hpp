// Walks over JSON Schemas that valijson does not do: which keywords are allowed, where a value's
// subschema is, what it asks for in words, and which defaults a document lacks.
//
//   if (auto status = check_schema(schema, SchemaLevel::plugin); !status) return status.error();
//   fill_schema_defaults(document, schema);
//
// Used by Schema alone. Pure functions; callable from any thread.
#pragma once

#include "support/schema.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace assay {

// Every keyword known at that level, with a value of the right type, every `$ref` leading to a
// schema. The error names the place in the schema.
Status check_schema(const json::value& schema, SchemaLevel level);

// Calls `visit(node, pointer)` for the schema and every schema inside it.
void for_each_subschema(
    const json::value& schema,
    const std::function<void(const json::object& node, const std::string& pointer)>& visit);

// The node behind a chain of `$ref`s; the node itself where there is none.
const json::value& resolve_schema(const json::value& root, const json::value& node);

// The subschema that the value at `path` of a document is held against; nullptr where the path
// leaves what `properties`, `items` and `additionalProperties` describe.
const json::value* subschema_at(const json::value& root, std::span<const std::string> path);

// What a subschema asks for, in words: "integer, at least 1, at most 64".
std::string describe_schema(const json::value& root, const json::value& node);

void fill_schema_defaults(json::value& document, const json::value& root);

// Texts that are longer than what may be matched against a `pattern`, or hold NUL characters, at
// which valijson stops reading.
std::vector<SchemaProblem> unfit_texts(const json::value& document, const json::value& root);

// A value as it stands in a message: JSON, cut after 60 characters.
std::string excerpt(const json::value& value);

} // namespace assay
