// Reads the documents that runs wrote.
#pragma once

#include "program.hpp"
#include "support/file.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

#include <string>

namespace integration {

inline assay::json::value parsed(const std::string& text) {
    auto document = assay::parse_json(text);
    REQUIRE_MESSAGE(
        document.ok(),
        (document.ok() ? std::string{} : document.error().message + " in: " + text.substr(0, 400)));
    return std::move(*document);
}

// The case whose id is `id`; fails the test when there is none.
inline const assay::json::object& case_of(const assay::json::value& results, std::string_view id) {
    for (const assay::json::value& one : results.at("cases").as_array()) {
        if (one.at("id").as_string() == id) {
            return one.as_object();
        }
    }
    FAIL("no case " << std::string(id) << " in the results");
    return results.as_object();
}

inline std::string status_of(const assay::json::value& results, std::string_view id) {
    return assay::json_string(case_of(results, id), "status");
}

inline const assay::json::object* metric_of(const assay::json::object& one, std::string_view key) {
    for (const assay::json::value& metric : one.at("metrics").as_array()) {
        if (metric.at("key").as_string() == key) {
            return &metric.as_object();
        }
    }
    return nullptr;
}

// Fails the test with every place where the document does not fit schemas/<name>.
inline void check_schema(const assay::json::value& document, const std::string& name) {
    const auto text = assay::read_file((source_folder() / "schemas" / name).string());
    REQUIRE(text.ok());
    const auto schema = assay::Schema::compile(*text, assay::SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), (schema.ok() ? std::string{} : schema.error().message));
    for (const assay::SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(name << ": " << assay::to_text(problem));
    }
}

inline std::string sample_plugin() {
    return build_folder() / "tests" / "fixtures" / "sample.assay.so";
}

} // namespace integration
