#include "history/events_from_run.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"
#include "temporary_folder.hpp"
#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

namespace {

void check_schema(const json::value& document) {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/results.json");
    REQUIRE_MESSAGE(text.ok(), text.error().message);
    const auto schema = Schema::compile(*text, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), schema.error().message);
    for (const SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(to_text(problem));
    }
}

} // namespace

TEST_CASE("a run out of a history is a results document, with the figures of its samples") {
    const json::value document = parsed(results_text(told_run()).text);
    check_schema(document);
    CHECK(document.at("run").at("id") == "01920001-0000-7000-8000-000000000001");
    REQUIRE(document.at("cases").get_array().size() == 2);
    const json::value& time = document.at("cases").at(0).at("metrics").at(0);
    CHECK(time.at("median").to_number<double>() == 2e-6);
    CHECK(time.at("mean").to_number<double>() == doctest::Approx(2e-6));
    CHECK(time.at("p75").to_number<double>() == doctest::Approx(2.5e-6));
    CHECK(time.at("launches").at(0).at("samples").get_array().size() == 2);
    const json::value& rate = document.at("cases").at(0).at("metrics").at(1);
    CHECK(rate.at("mean").is_null());
    CHECK(rate.at("provenance").is_null());
    CHECK(document.at("cases").at(1).at("status") == "crashed");
    CHECK(document.at("summary").at("cases") == 2);
    CHECK(document.at("summary").at("crashed") == 1);
}

TEST_CASE("an imported run without seed and shape is a results document too") {
    ExportedRun told = imported_run("hyperfine", "sort");
    told.run.seed.reset();
    told.run.points.front().flags = history::point_flag::imported;
    const json::value document = parsed(results_text(told).text);
    check_schema(document);
    CHECK(document.at("cases").at(0).at("metrics").at(0).at("provenance") == "external");
}

TEST_CASE("a bundle that was made from a history has no more to say than the history") {
    const TemporaryFolder folder;
    const auto bundle = history::write_bundle(told_run().run, folder.path());
    REQUIRE_MESSAGE(bundle.ok(), bundle.error().message);
    const auto made = results_of_bundle(bundle->file);
    REQUIRE_MESSAGE(made.ok(), made.error().message);
    CHECK_FALSE(made->has_value());
}

TEST_CASE("a bundle that was written while it was measured gives the whole document") {
    const TemporaryFolder folder;
    auto writer =
        history::BundleWriter::create(folder.path(), {.run = told_run().run.uuid, .source = "run"});
    REQUIRE(writer.ok());
    for (const char* const line :
         {R"({"kind":"run_begin","run":{"id":"early"}})",
          R"({"kind":"case_begin","case":{"id":"a","status":"passed"}})",
          R"({"kind":"case_end","case":{"id":"a","status":"passed","notes":["n"],"metrics":[]}})",
          R"({"kind":"run_end","run":{"id":"late"},"summary":{"cases":1},"complexity":[]})"}) {
        REQUIRE(writer->add(parsed(line)).ok());
    }
    const auto sealed = writer->seal();
    REQUIRE(sealed.ok());
    const auto made = results_of_bundle(sealed->file);
    REQUIRE(made.ok());
    REQUIRE(made->has_value());
    const json::value document = parsed((*made)->text);
    CHECK(document.at("run").at("id") == "late");
    REQUIRE(document.at("cases").get_array().size() == 1);
    CHECK(document.at("cases").at(0).at("notes").at(0) == "n");
    CHECK(document.at("summary").at("cases") == 1);
    CHECK(document.at("complexity").is_array());
}
