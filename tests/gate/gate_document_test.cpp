#include "app/gate/gate_document.hpp"

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
    CHECK(code_of(report_of({GateOutcome::passed, GateOutcome::warned})) == ExitCode::pass);
    CHECK(code_of(report_of({GateOutcome::undecided})) == ExitCode::undecided);
    CHECK(code_of(report_of({GateOutcome::undecided, GateOutcome::nothing})) == ExitCode::nothing);
    CHECK(code_of(report_of({GateOutcome::nothing, GateOutcome::failed})) == ExitCode::regression);
    CHECK(code_of(report_of({GateOutcome::failed, GateOutcome::broken})) == ExitCode::failed);
}

TEST_CASE("the text has a line per judgement and ends with what it amounts to") {
    verdict::GateReport report = report_of({GateOutcome::failed, GateOutcome::passed});
    report.lines[1].figure = -0.001;
    report.unmatched = {"elsewhere"};
    std::swap(report.lines[0], report.lines[1]);
    const std::string text = gate_text(report, heading(), false);
    CHECK(text.find("FAIL") < text.find("PASS")); // what needs somebody first
    CHECK(text.find("FAIL") != std::string::npos);
    CHECK(text.find("+12.50 %") != std::string::npos);
    CHECK(text.find("+0.00 %") != std::string::npos);
    CHECK(text.find("-0.00 %") == std::string::npos);
    CHECK(text.find("'elsewhere'") != std::string::npos);
    CHECK(text.find("gate not passed: 1 FAIL, 1 PASS by gates.json against @main") !=
          std::string::npos);
    CHECK(text.find("exit 1") != std::string::npos);
    CHECK(gate_text(report_of({GateOutcome::passed}), heading(), false).find("gate passed") !=
          std::string::npos);
}

TEST_CASE("controls that say the run proves nothing are told") {
    GateHeading told = heading();
    told.null_control = "fired";
    told.positive_control = "missed";
    told.budget_note = "a longer budget";
    const std::string text = gate_text(report_of({GateOutcome::undecided}), told, false);
    CHECK(text.find("null control fired") != std::string::npos);
    CHECK(text.find("positive control was missed") != std::string::npos);
    CHECK(text.find("a longer budget") != std::string::npos);
}
