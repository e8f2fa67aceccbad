#include "support/schema.hpp"

#include <doctest/doctest.h>

using namespace assay;

namespace {

Schema compiled(std::string_view text, SchemaLevel level = SchemaLevel::plugin) {
    auto schema = Schema::compile(text, level);
    INFO((schema ? std::string{} : schema.error().message));
    REQUIRE(schema.ok());
    return std::move(*schema);
}

std::string refusal(std::string_view text, SchemaLevel level = SchemaLevel::plugin) {
    const auto schema = Schema::compile(text, level);
    return schema ? "accepted" : schema.error().message;
}

// The first problem as text, or "valid".
std::string verdict(const Schema& schema, std::string_view document) {
    const auto problems = schema.validate(parse_json(document).value());
    return problems.empty() ? "valid" : to_text(problems.front());
}

constexpr std::string_view kSuite = R"({
  "type": "object", "additionalProperties": false, "required": ["n"],
  "properties": {
    "n": {"type": "integer", "minimum": 1, "maximum": 64},
    "impl": {"enum": ["full", "cached"], "default": "full"},
    "sizes": {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0}, "maxItems": 3},
    "a/b~c": {"type": "string", "minLength": 2},
    "cache": {"type": "object", "properties": {"bytes": {"type": "integer", "default": 4096}}}
  }})";

} // namespace

TEST_CASE("a problem names pointer, what was expected and what was found") {
    const Schema schema = compiled(kSuite);
    CHECK(verdict(schema, R"({"n": 8, "sizes": [1, 2.5]})") == "valid");
    CHECK(verdict(schema, R"({"n": 0})") ==
          "/n: expected integer, at least 1, at most 64; found 0");
    CHECK(verdict(schema, R"({"n": "8"})") ==
          "/n: expected integer, at least 1, at most 64; found \"8\"");
    CHECK(verdict(schema, R"({"n": 1, "sizes": [1, 0]})") ==
          "/sizes/1: expected number, greater than 0; found 0");
    CHECK(verdict(schema, R"({"n": 1, "sizes": [1,2,3,4]})") ==
          "/sizes: expected array, at most 3 elements; found [1,2,3,4]");
    CHECK(verdict(schema, R"({"n": 1, "impl": "slow"})") ==
          "/impl: expected one of \"full\", \"cached\"; found \"slow\"");
    CHECK(verdict(schema, "[]") == "the document: expected object; found []");
}

TEST_CASE("a missing key and an unknown key are named, the latter with the nearest known one") {
    const Schema schema = compiled(kSuite);
    CHECK(
        verdict(schema, "{}") ==
        "the document: expected the key 'n' (integer, at least 1, at most 64); found no such key");
    const std::string unknown = verdict(schema, R"({"n": 1, "cahce": {}})");
    CHECK(unknown.find("only the keys n, impl, sizes") != std::string::npos);
    CHECK(unknown.find("found the key 'cahce' (did you mean 'cache'?)") != std::string::npos);
}

TEST_CASE("the pointer of a key with slash and tilde is escaped") {
    CHECK(verdict(compiled(kSuite), R"({"n": 1, "a/b~c": "x"})") ==
          "/a~1b~0c: expected string, at least 2 characters; found \"x\"");
}

TEST_CASE("every problem of a document is told") {
    const auto problems =
        compiled(kSuite).validate(parse_json(R"({"n": 0, "impl": 1, "sizes": {}})").value());
    CHECK(problems.size() == 3);
    const Error error = schema_error("assay.json", problems);
    CHECK(error.kind == ErrorKind::config);
    CHECK(error.message.starts_with("assay.json is not valid\n  /impl: expected one of"));
}

TEST_CASE("defaults are filled where an object lacks the key and nowhere else") {
    const Schema schema = compiled(kSuite);
    json::value document = parse_json(R"({"n": 2, "cache": {}})").value();
    schema.fill_defaults(document);
    CHECK(canonical_json(document) == R"({"cache":{"bytes":4096},"impl":"full","n":2})");
    document = parse_json(R"({"impl": "cached"})").value();
    schema.fill_defaults(document);
    CHECK(canonical_json(document) == R"({"impl":"cached"})");
    document = parse_json("[1]").value();
    schema.fill_defaults(document);
    CHECK(canonical_json(document) == "[1]");
}

TEST_CASE("a plugin's schema may use the documented keywords only") {
    CHECK(refusal(R"({"type": "object", "minimun": 1})")
              .find("keyword 'minimun' is not supported (did you mean 'minimum'?)") !=
          std::string::npos);
    for (const char* text : {R"({"pattern": "a+"})",
                             R"({"properties": {"x": {"$ref": "#/definitions/a"}}})",
                             R"({"definitions": {}})",
                             R"({"oneOf": [{}]})",
                             R"({"items": {"format": "date"}})",
                             R"({"not": {}})",
                             R"({"if": {}})",
                             R"({"additionalProperties": {"uniqueItems": true}})"}) {
        CHECK_MESSAGE(refusal(text).find("is not supported") != std::string::npos, text);
    }
    CHECK(refusal(R"({"properties": {"a/b": {"x": 1}}})").find("schema at /properties/a~1b:") == 0);
}

TEST_CASE("our own schemas may use more but still nothing that is passed in silence") {
    const auto host = SchemaLevel::host;
    for (const char* text :
         {R"({"$defs": {}})",
          R"({"prefixItems": []})",
          R"({"dependentRequired": {}})",
          R"({"properties": {"x": {"$id": "#y"}}})",
          R"({"format": "uri"})",
          R"({"$schema": "https://json-schema.org/draft/2020-12/schema"})",
          R"({"definitions": {"a": {}}, "items": {"$ref": "#/definitions/a", "minimum": 1}})",
          R"({"items": {"$ref": "#/definitions/a"}})",
          R"({"items": {"$ref": "other.json"}})",
          R"({"pattern": "("})"}) {
        CHECK_MESSAGE(refusal(text, host) != "accepted", text);
    }
    CHECK(
        refusal(
            R"({"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}})",
            host)
            .find("references lead in a circle") != std::string::npos);
    CHECK(
        refusal(
            R"({"definitions": {"a": {"oneOf": [{"type": "null"}, {"$ref": "#/definitions/a"}]}}})",
            host)
            .find("references lead in a circle") != std::string::npos);
}

TEST_CASE("a keyword with a value of the wrong type is refused with its place") {
    CHECK(refusal(R"({"type": "int"})").find("schema at /type: expected array, boolean") == 0);
    CHECK(refusal(R"({"minLength": -1})").find("schema at /minLength: expected an integer") == 0);
    CHECK(refusal(R"({"required": ["a", "a"]})") != "accepted");
    CHECK(refusal(R"({"properties": []})") != "accepted");
    CHECK(refusal(R"({"properties": {"x": 1}})") != "accepted");
    CHECK(refusal(R"({"enum": []})") != "accepted");
    CHECK(refusal("true") != "accepted");
    CHECK(refusal("{").find("schema: invalid JSON") == 0);
}

TEST_CASE("a default that its own schema refuses is an error of the schema") {
    CHECK(refusal(R"({"properties": {"n": {"type": "integer", "default": "x"}}})") ==
          "schema at /properties/n/default: its own schema refuses it: the document: expected "
          "integer; found \"x\"");
}

TEST_CASE("references, alternatives, patterns and formats work in our own schemas") {
    const Schema schema = compiled(R"({
      "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://example.org/gates.json",
      "definitions": {
        "node": {"type": "object", "additionalProperties": false, "required": ["name"],
                 "properties": {"name": {"type": "string", "pattern": "^[a-z]+$"},
                                "when": {"type": "string", "format": "date-time"},
                                "next": {"$ref": "#/definitions/node"}}}},
      "oneOf": [{"$ref": "#/definitions/node"}, {"type": "integer", "minimum": 5}]})",
                                   SchemaLevel::host);
    CHECK(verdict(schema, R"({"name": "a", "next": {"name": "b"}})") == "valid");
    CHECK(verdict(schema, "7") == "valid");
    CHECK(verdict(schema, "3") ==
          "the document: expected exactly one of (object), (integer, at least 5); found 3");
    CHECK(verdict(schema, R"({"name": "A"})") != "valid");
    CHECK(verdict(schema, R"({"name": "a", "next": {"name": "b", "next": {"nme": "c"}}})") !=
          "valid");
    CHECK(verdict(schema, R"({"name": "a", "when": "yesterday"})") != "valid");
    CHECK(verdict(schema, R"({"name": "a", "when": "2024-05-06T07:08:09Z"})") == "valid");
}

TEST_CASE("a long text never reaches the regular expression") {
    const Schema schema = compiled(
        R"({"properties": {"x": {"type": "string", "pattern": "^(a|b)*$"}}})", SchemaLevel::host);
    json::value document = parse_json(R"({"x": ""})").value();
    document.at("x") = std::string(1'000'000, 'a');
    const auto problems = schema.validate(document);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0] == SchemaProblem{"/x", "text of at most 4096 bytes", "1000000 bytes"});
}

TEST_CASE("a NUL character does not hide the rest of a text") {
    const Schema schema = compiled(R"({"properties": {"x": {"type": "string", "maxLength": 2}}})");
    CHECK(verdict(schema, R"({"x": "a\u0000bcdef"})") ==
          "/x: expected text without NUL characters; found \"a\\u0000bcdef\"");
}

TEST_CASE("lengths count characters and integers are integers") {
    const Schema schema = compiled(
        R"({"properties": {"x": {"type": "string", "maxLength": 2}, "n": {"type": "integer"}}})");
    CHECK(verdict(schema, R"({"x": "äö"})") == "valid");
    CHECK(verdict(schema, R"({"x": "äöü"})") != "valid");
    CHECK(verdict(schema, R"({"n": 1.5})") != "valid");
    CHECK(verdict(schema, R"({"n": 9007199254740993})") == "valid");
}

TEST_CASE("a large document is checked and what is found is cut to a line") {
    const Schema schema = compiled(R"({"type": "array", "items": {"type": "integer"}})");
    json::value document = json::array{};
    for (int i = 0; i < 10'000; ++i) {
        document.get_array().emplace_back(i);
    }
    CHECK(schema.validate(document).empty());
    CHECK(to_text(compiled(R"({"type": "object"})").validate(document).front()) ==
          "the document: expected object; found a list of 10000 elements");
}
