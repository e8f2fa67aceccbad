// Plugins that keep the contract: nothing to complain about, and the documents say so.
#include "checked.hpp"
#include "measure/conformance.hpp"
#include "program.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

namespace conformance::good_plugins_test {

namespace {

void check_flawless(const Checked& checked) {
    CHECK_MESSAGE(checked.complaints().empty(), checked.complaints());
    CHECK(checked.exit_code == 0);
    CHECK(checked.err == "");
}

} // namespace

TEST_CASE("a suite that keeps the contract passes every check without a warning") {
    const Checked checked = check(fixture("model_suite"));
    check_flawless(checked);
    for (const char* id : {"S1",
                           "L1",
                           "L2",
                           "L8",
                           "L9",
                           "L10",
                           "C3",
                           "C7",
                           "C8",
                           "C9",
                           "C11",
                           "C12",
                           "C16",
                           "C18",
                           "C19",
                           "C20"}) {
        CHECK_MESSAGE(checked.word_of(id) != "skipped", id, ": ", checked.text_of(id));
    }
    for (const char* id : {"R1", "R3", "R7"}) {
        CHECK(checked.word_of(id) == "skipped");
    }
    CHECK(checked.text_of("C17").find("model/multiply") != std::string::npos);
}

TEST_CASE("a suite with slow, skipped and unavailable cases breaks nothing") {
    const Checked checked = check(fixture("sample"));
    CHECK_MESSAGE(checked.exit_code == 0, checked.complaints());
    CHECK(checked.word_of("C11") == "success");
    CHECK(checked.word_of("C13") == "success");
}

TEST_CASE("the bundled reporters pass every check for reporters") {
    for (const char* name : {"json", "csv", "console", "charts", "dashboard", "report"}) {
        CAPTURE(name);
        const Checked checked = check(bundled(name));
        check_flawless(checked);
        for (const char* id : {"L8", "L9", "R1", "R2", "R3", "R4", "R5", "R6", "R7"}) {
            CHECK_MESSAGE(checked.word_of(id) != "skipped", id, ": ", checked.text_of(id));
        }
        CHECK(checked.word_of("C5") == "skipped");
    }
}

TEST_CASE("the document of a check is valid and names the plugin by content") {
    const Checked checked = check(fixture("model_suite"), {"S1", "L1", "C13"});
    const auto text = assay::read_json_file((integration::source_folder() / "schemas/check.json"));
    REQUIRE(text);
    const auto schema = assay::Schema::compile(assay::write_json(*text), assay::SchemaLevel::host);
    REQUIRE_MESSAGE(schema, schema.error().message);
    for (const assay::SchemaProblem& problem : schema->validate(checked.document)) {
        FAIL_CHECK(assay::to_text(problem));
    }
    CHECK(checked.outcomes.size() == 3);
    CHECK(checked.document.at("plugin").at("sha256").as_string().size() == 64);
}

TEST_CASE("without a document a line is printed per check, and a summary") {
    const integration::Sandbox sandbox;
    const auto ended = sandbox.assay(
        {"check", fixture("model_suite").string(), "--only", "S1", "--only", "C4", "--only", "R1"});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("ok      S1 ") != std::string::npos);
    CHECK(ended.out.find("ok      C4 ") != std::string::npos);
    CHECK(ended.out.find("skipped R1 ") != std::string::npos);
    CHECK(ended.out.find("3 checks: 2 ok, 1 skipped") != std::string::npos);
}

TEST_CASE("checks that are skipped for one reason are one line") {
    const integration::Sandbox sandbox;
    const auto ended = sandbox.assay({"check",
                                      fixture("model_suite").string(),
                                      "--only",
                                      "S1",
                                      "--only",
                                      "R1",
                                      "--only",
                                      "R2",
                                      "--only",
                                      "R4"});
    INFO(ended.out);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("skipped R1 to R4: ") != std::string::npos);
    CHECK(ended.out.find("R2") == std::string::npos);
    CHECK(ended.out.find("4 checks: 1 ok, 3 skipped") != std::string::npos);
}

TEST_CASE("--timeout is the deadline of each check") {
    const integration::Sandbox sandbox;
    const auto ended = sandbox.assay(
        {"check", sinner("constructor_hangs").string(), "--only", "L1", "--timeout", "300ms"});
    INFO(ended.out);
    CHECK(ended.exit_code == 3);
    CHECK(ended.out.find("300 ms") != std::string::npos);
}

TEST_CASE("skipping leaves the others") {
    const integration::Sandbox sandbox;
    const auto ended = sandbox.assay(
        {"check", fixture("model_suite").string(), "--only", "S1", "--only", "S2", "--skip", "S1"});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.find("S1 ") == std::string::npos);
    CHECK(ended.out.find("1 check: 1 ok") != std::string::npos);
}

TEST_CASE("the list names every check and needs no plugin") {
    const integration::Sandbox sandbox;
    const auto text = sandbox.assay({"check", "--list"});
    const auto document = sandbox.assay({"check", "--list", "--format", "json"});
    CHECK(text.exit_code == 0);
    const auto list = assay::parse_json(document.out);
    REQUIRE(list);
    CHECK(list->at("checks").as_array().size() == assay::measure::conformance_checks().size());
    for (const assay::measure::CheckSpec& one : assay::measure::conformance_checks()) {
        CHECK(text.out.find(one.description) != std::string::npos);
    }
}

TEST_CASE("what cannot be checked at all is a usage error") {
    const integration::Sandbox sandbox;
    CHECK(sandbox.assay({"check", "/nowhere/demo.assay.so"}).exit_code == 2);
    CHECK(sandbox.assay({"check", sandbox.folder().string()}).exit_code == 2);
    CHECK(sandbox.assay({"check"}).exit_code == 2);
    const auto unknown = sandbox.assay({"check", fixture("model_suite").string(), "--only", "C99"});
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err.find("C99") != std::string::npos);
}

} // namespace conformance::good_plugins_test
