// JSON Schema (draft-07): compiled once, then used to check documents and to fill in defaults.
//
//   auto schema = Schema::compile(text, SchemaLevel::plugin);
//   schema->fill_defaults(config);
//   for (const SchemaProblem& problem : schema->validate(config))
//       note(to_text(problem));     // "/lanes: expected integer, at least 1; found 0"
//
// Validators pass in silence what they do not know (`minimun`, keywords of later drafts, anything
// beside `$ref`), so a schema with such a keyword is refused here instead.
// A compiled schema never changes; callable from any thread.
#pragma once

#include "support/json.hpp"
#include "support/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

enum class SchemaLevel {
    plugin, // what a plugin may use for its configuration: no $ref, no pattern
    host,   // our own documents: also $ref (to #/definitions/...), definitions, oneOf, pattern,
            // $schema, $id, format (date, time, date-time)
};

struct SchemaProblem {
    std::string pointer; // RFC 6901; "" is the whole document
    std::string expected;
    std::string found;

    friend bool operator==(const SchemaProblem&, const SchemaProblem&) = default;
};

// "/lanes: expected integer, at least 1; found 0"
std::string to_text(const SchemaProblem& problem);

// An error (config) that names the document and its first problems, one per line.
Error schema_error(std::string_view document_name, const std::vector<SchemaProblem>& problems);

// A text that a `pattern` is matched against may have so many bytes: std::regex recurses per
// character and overflows the stack on long ones.
inline constexpr std::size_t kPatternTextBytesMax = 4096;

class Schema {
public:
    // Errors (config): no JSON, a keyword that this level does not have, a keyword with a value of
    // the wrong type, a default that its own schema refuses. They name the place in the schema.
    static Result<Schema> compile(std::string_view schema_text, SchemaLevel level);

    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    Schema(const Schema&) = delete;
    Schema& operator=(const Schema&) = delete;
    ~Schema();

    // Empty when the document is valid.
    [[nodiscard]] std::vector<SchemaProblem> validate(const json::value& document) const;

    // Inserts the `default` of every property that an object of the document lacks. Objects that
    // are absent and have no default of their own are not invented.
    void fill_defaults(json::value& document) const;

private:
    struct Compiled;

    explicit Schema(std::unique_ptr<const Compiled> compiled);

    static Result<Schema> compile_value(const json::value& schema, SchemaLevel level);

    std::unique_ptr<const Compiled> compiled_;
};

} // namespace assay
