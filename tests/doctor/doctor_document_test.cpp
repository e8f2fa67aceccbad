#include "app/doctor/doctor_document.hpp"
#include "findings_of_tree.hpp"
#include "support/schema.hpp"
#include "support/text.hpp"

namespace doctor_document_test {

using namespace assay;
using namespace assay::app;

namespace {

DoctorVisit visit(FindingState last) {
    DoctorVisit visit;
    visit.platform = {{"id", "ab"}, {"label", "linux-x86_64-2c"}, {"cpu", {{"model", "Fast"}}}};
    visit.machine.measured_ns = 1'700'000'000'000'000'000;
    visit.findings = {
        Subject{"processor", "clock_source", "every slice reads it"}.ok("tsc"),
        Subject{"processor", "boost", "heat"}.unavailable("no switch for it is visible"),
        {"worker", "launch", last, "it says \x1b[31mno\nand more", "each is a process", "install"}};
    return visit;
}

void check_schema(const json::value& document) {
    const auto schema = Schema::compile(
        SystemTree(ASSAY_SOURCE_DIR).text("schemas/doctor.json").value(), SchemaLevel::host);
    REQUIRE(schema.ok());
    for (const SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(to_text(problem));
    }
}

} // namespace

TEST_CASE("only what is bad makes measuring impossible") {
    CHECK(code_of({}) == ExitCode::pass);
    CHECK(code_of(visit(FindingState::warn).findings) == ExitCode::pass);
    CHECK(code_of(visit(FindingState::unavailable).findings) == ExitCode::pass);
    CHECK(code_of(visit(FindingState::bad).findings) == ExitCode::failed);
}

TEST_CASE("the document fits its schema, with and without a worker") {
    DoctorVisit there = visit(FindingState::bad);
    const json::object document = doctor_document(there);
    check_schema(document);
    CHECK(document.at("isolation").is_null());
    CHECK(document.at("summary").at("exit_code").as_int64() == 3);
    CHECK(document.at("summary").at("bad").as_int64() == 1);
    CHECK(document.at("findings").at(0).at("advice").is_null());
    there.isolation = {{"no_new_privs", true}};
    check_schema(doctor_document(there));
}

TEST_CASE("the first line names the platform by its label and twelve digits of its fingerprint") {
    DoctorVisit there = visit(FindingState::ok);
    there.platform["fingerprint"] = std::string(30, 'a') + std::string(34, 'b');
    there.environment = {{"kernel", "6.1.0"}};
    CHECK(doctor_text(there, {}).starts_with(
        "assay 0.1.0  linux-x86_64-2c  Fast  6.1.0  platform aaaaaaaaaaaa\n"));
    check_schema(doctor_document(there));
}

TEST_CASE("what is well takes a line, what is not says why and what to do") {
    const std::string text = doctor_text(visit(FindingState::warn), {});
    CHECK(text == "assay 0.1.0  linux-x86_64-2c  Fast\n"
                  "\n"
                  "processor\n"
                  "  ok          clock source  tsc\n"
                  "  unavailable boost         no switch for it is visible\n"
                  "\n"
                  "worker\n"
                  "  warn        launch        it says ?[31mno and more\n"
                  "                            why  each is a process\n"
                  "                            do   install\n"
                  "\n"
                  "3 findings: 1 ok, 1 warn, 1 unavailable\n");
}

TEST_CASE("quiet leaves out what is well, verbose explains it, colour is asked for") {
    const std::string quiet = doctor_text(visit(FindingState::bad), {.quiet = true});
    CHECK_FALSE(says(quiet, "clock source"));
    CHECK_FALSE(says(quiet, "assay 0.1.0"));
    CHECK(says(quiet, "launch"));
    CHECK(says(quiet, "nothing can be measured"));
    CHECK(says(doctor_text(visit(FindingState::ok), {.verbose = true}), "every slice reads it"));
    CHECK_FALSE(says(doctor_text(visit(FindingState::ok), {}), "\x1b["));
    CHECK(says(doctor_text(visit(FindingState::ok), {.color = true}), "\x1b[32mok"));
}

TEST_CASE("no line is wider than 80 columns, however long what was read") {
    DoctorVisit long_one = visit(FindingState::warn);
    for (int i = 0; i < 40; ++i) {
        long_one.findings.back().read += " many words";
        long_one.findings.back().why += " many reasons";
    }
    for (const std::string& line : split(doctor_text(long_one, {}), '\n')) {
        CHECK(line.size() <= 80);
    }
}

} // namespace doctor_document_test
