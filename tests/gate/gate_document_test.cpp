#include "app/gate/gate_document.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using verdict::GateOutcome;

namespace {

verdict::GateReport report_of(std::vector<GateOutcome> outcomes) {
    verdict::GateReport report;
    for (const GateOutcome outcome : outcomes) {
        verdict::GateLine& line = report.lines.emplace_back();
        line.rule = "r";
        line.case_id = "s/f";
        line.metric = "time";
        line.outcome = outcome;
        line.figure = 12.5;
        line.unit = "%";
        line.n = 12;
    }
    report.outcomes = std::move(outcomes);
    return report;
}

GateHeading heading() {
    return {.gates = "gates.json", .baseline = "@main", .compared = 1, .cases = 1};
}

} // namespace

TEST_CASE("the gravest outcome makes the exit code") {
    const auto code = [](std::vector<GateOutcome> outcomes) {
        return code_of(report_of(std::move(outcomes)), heading());
    };
    CHECK(code({GateOutcome::passed, GateOutcome::warned}) == ExitCode::pass);
    CHECK(code({GateOutcome::undecided}) == ExitCode::undecided);
    CHECK(code({GateOutcome::undecided, GateOutcome::nothing}) == ExitCode::nothing);
    CHECK(code({GateOutcome::nothing, GateOutcome::failed}) == ExitCode::regression);
    CHECK(code({GateOutcome::failed, GateOutcome::broken}) == ExitCode::failed);
}

TEST_CASE("the code that is told is the one that the command exits with") {
    GateHeading told = heading();
    told.reports = ExitCode::failed; // a report could not be written
    CHECK(code_of(report_of({GateOutcome::passed}), told) == ExitCode::failed);
    told.cancelled = true;
    verdict::GateReport report = report_of({GateOutcome::undecided});
    report.unmatched = {"elsewhere"};
    CHECK(code_of(report, told) == ExitCode::interrupted);
    const std::string text = gate_text(report, told, false);
    CHECK(text.find("gate interrupted") != std::string::npos);
    CHECK(text.find("exit 130") != std::string::npos);
    CHECK(text.find("applies to no case") == std::string::npos); // it was not reached
    const json::object document = gate_document(report, told);
    CHECK(document.at("summary").at("exit_code").to_number<int>() == 130);
}

TEST_CASE("every outcome of the controls fits the published schema") {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/gate.json");
    REQUIRE(text.ok());
    const auto schema = Schema::compile(*text, SchemaLevel::host);
    REQUIRE(schema.ok());
    using verdict::NullControl;
    using verdict::PositiveControl;
    const auto check = [&](NullControl null, PositiveControl positive) {
        GateHeading told = heading();
        told.null_control = name_of(null);
        told.positive_control = name_of(positive);
        for (const SchemaProblem& problem :
             schema->validate(gate_document(report_of({GateOutcome::passed}), told))) {
            FAIL_CHECK(to_text(problem));
        }
    };
    for (const NullControl null :
         {NullControl::quiet, NullControl::fired, NullControl::unfinished, NullControl::off}) {
        for (const PositiveControl positive :
             {PositiveControl::found, PositiveControl::missed, PositiveControl::off}) {
            check(null, positive);
        }
    }
}

TEST_CASE("the text has a line per judgement and ends with what it amounts to") {
    verdict::GateReport report = report_of({GateOutcome::failed, GateOutcome::passed});
    report.lines[1].figure = -0.001;
    report.unmatched = {"elsewhere"};
    std::swap(report.lines[0], report.lines[1]);
    const std::string text = gate_text(report, heading(), false);
    CHECK(text.find("FAIL") < text.find("PASS")); // what needs somebody first
    CHECK(text.find("FAIL") != std::string::npos);
    CHECK(text.find("12.50 % worse") != std::string::npos);
    CHECK(text.find("+12.50") == std::string::npos);
    CHECK(text.find("0.00 %  ") != std::string::npos); // neither better nor worse
    CHECK(text.find("of 1 case)") != std::string::npos);
    CHECK(text.find("'elsewhere'") != std::string::npos);
    CHECK(text.find("gate not passed: 1 FAIL, 1 PASS by gates.json against @main") !=
          std::string::npos);
    CHECK(text.find("exit 1") != std::string::npos);
    CHECK(gate_text(report_of({GateOutcome::passed}), heading(), false).find("gate passed") !=
          std::string::npos);
}

TEST_CASE("a figure says better or worse in words, whichever way its metric counts") {
    verdict::GateReport report = report_of({GateOutcome::failed, GateOutcome::passed});
    report.lines[0].figure = 12.23;
    report.lines[0].unit = "points";
    report.lines[1].figure = -3;
    const std::string text = gate_text(report, heading(), false);
    CHECK(text.find("12.23 points worse") != std::string::npos);
    CHECK(text.find("3.00 % better") != std::string::npos);
    report.lines[0].kind = verdict::RuleKind::limit;
    report.lines[0].figure = 31.42e-6;
    report.lines[0].unit = "s";
    CHECK(gate_text(report, heading(), false).find("31.42 \u00b5s") != std::string::npos);
}

TEST_CASE("notes are told with what to do, and stand in the document") {
    GateHeading told = heading();
    told.null_control = "fired";
    told.fired = FiredControl{.case_id = "s/f", .change = 0.04};
    told.notes = {{"the null control fired", "repeat it"}, {"debug build", ""}};
    const verdict::GateReport report = report_of({GateOutcome::undecided});
    const std::string text = gate_text(report, told, false);
    CHECK(text.find("the null control fired; repeat it\n") != std::string::npos);
    CHECK(text.find("debug build\n") != std::string::npos);
    const json::object document = gate_document(report, told);
    CHECK(document.at("notes").as_array().size() == 2);
    CHECK(document.at("controls").at("fired").at("case").as_string() == "s/f");
    CHECK(gate_document(report, heading()).at("controls").at("fired").is_null());
}
