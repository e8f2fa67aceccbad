#include "canned_counts.hpp"
#include "golden.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

namespace counts_golden_test {

using namespace assay;
using namespace canned;

namespace {

void check_schema(const std::string& text, const std::string& name) {
    const auto schema_text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + name);
    REQUIRE(schema_text.ok());
    const auto schema = Schema::compile(*schema_text, SchemaLevel::host);
    REQUIRE(schema.ok());
    const auto document = parse_json(text);
    REQUIRE(document.ok());
    for (const SchemaProblem& problem : schema->validate(*document)) {
        FAIL_CHECK(to_text(problem));
    }
}

} // namespace

TEST_CASE("the console puts what the counts say in place of the bare verdict") {
    check_golden("console/counted.txt", written_by("console", counted_comparison()));
}

TEST_CASE("csv keeps both counts and the statement in columns of their own") {
    check_golden("csv/counted.csv", written_by("csv", counted_comparison()));
}

TEST_CASE("json keeps counts as evidence and the statement beside the verdict") {
    const std::string text = written_by("json", counted_comparison());
    check_golden("json/counted.json", text);
    check_schema(text, "comparison.json");
}

TEST_CASE("the console writes a line for every fit, also for one that was not possible") {
    check_golden("console/fitted.txt", written_by("console", fitted_run()));
    check_golden("console/fitted_ascii.txt", written_by("console", fitted_run(), "unicode=false"));
}

TEST_CASE("json keeps the fits of a run beside its cases") {
    const std::string text = written_by("json", fitted_run(), "indent=2");
    check_golden("json/fitted_indented.txt", text);
    check_schema(text, "results.json");
}

} // namespace counts_golden_test
