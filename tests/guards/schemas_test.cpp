// Every schema is draft-07 in the words the host's validator knows: a validator passes in silence
// what it does not know.
#include "source_tree.hpp"
#include "support/json.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

namespace schemas_test {

using namespace assay;
using namespace assay::guards;

TEST_CASE("every schema is a valid draft-07 schema of known words with a title") {
    const auto files = files_under("schemas", {".json"});
    REQUIRE_FALSE(files.empty());
    for (const std::string& path : files) {
        CAPTURE(path);
        const std::string text = read_source(path);
        const auto document = parse_json(text);
        REQUIRE_MESSAGE(document.ok(), document.error().message);
        REQUIRE(document->is_object());
        CHECK(json_string(document->get_object(), "$schema") ==
              "http://json-schema.org/draft-07/schema#");
        CHECK(json_string(document->get_object(), "title") != "");
        const auto schema = Schema::compile(text, SchemaLevel::host);
        CHECK_MESSAGE(schema.ok(), (schema.ok() ? "" : schema.error().message));
    }
}

TEST_CASE("every other JSON file of the project can be read") {
    for (const std::string& path : files_under("", {".json"})) {
        if (!path.starts_with("tests/fixtures/") && !path.starts_with("tests/fuzz/")) {
            const auto document = parse_json(read_source(path));
            CHECK_MESSAGE(document.ok(), path);
        }
    }
}

} // namespace schemas_test
