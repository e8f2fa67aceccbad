#include "app/gate/gate_document.hpp"
#include "app/session/machine_resolution.hpp"
#include "support/json.hpp"
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

// Of a run that compared nothing.
GateHeading uncontrolled() {
    GateHeading of_run = heading();
    of_run.null_control = of_run.positive_control = "off";
    return of_run;
}

json::value schema_document(const std::string& name) {
    auto document = read_json_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/" + name);
    REQUIRE(document);
    return std::move(*document);
}

// Where a document does not fit schemas/gate.json, line by line.
std::string problems(const json::value& document) {
    const auto schema =
        Schema::compile(write_json(schema_document("gate.json")), SchemaLevel::host);
    REQUIRE(schema.ok());
    std::string found;
    for (const SchemaProblem& problem : schema->validate(document)) {
        found += to_text(problem) + "\n";
    }
    return found;
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
    using verdict::NullControl;
    using verdict::PositiveControl;
    const auto check = [&](NullControl null, PositiveControl positive) {
        GateHeading told = heading();
        told.null_control = name_of(null);
        told.positive_control = name_of(positive);
        CHECK(problems(gate_document(report_of({GateOutcome::passed}), told)) == "");
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

TEST_CASE("the machine's decisions and the clock of every line stand in the document") {
    MachineResolution machine;
    machine.resolution.free.timeless_share = 0.8; // a CPU clock that counts in ticks
    machine.measured_ns = 1'760'000'000'000'000'000;
    GateHeading told = heading();
    told.null_control = told.positive_control = "off";
    verdict::GateReport report = report_of({GateOutcome::passed, GateOutcome::passed});
    report.lines.front().clock = measure::Clock::wall;
    CHECK(gate_document(report, told).at("resolution").is_null()); // nothing was measured
    told.resolution = resolution_object(machine, {});
    const json::object document = gate_document(report, told);
    CHECK(problems(document) == "");
    const json::value& decisions = document.at("resolution").at("decisions");
    CHECK(decisions.at("clock").at("open_cases").as_string() == "wall");
    CHECK(decisions.at("pinning").at("kept").as_bool());
    CHECK(document.at("lines").at(0).at("clock").as_string() == "wall");
    CHECK(document.at("lines").at(1).at("clock").is_null()); // no time
    json::object without = document;
    without.erase("resolution");
    CHECK(problems(without) != "");
}

TEST_CASE("a gate's resolution and clocks have the form they have in results") {
    const json::value gate = schema_document("gate.json");
    const json::value results = schema_document("results.json").at("definitions");
    const bool same_resolution = gate.at("properties").at("resolution") ==
                                 results.at("run").at("properties").at("resolution");
    CHECK(same_resolution);
    const json::value& line = gate.at("properties").at("lines").at("items");
    const bool same_clock =
        line.at("properties").at("clock") == results.at("metric").at("properties").at("clock");
    CHECK(same_clock);
}

TEST_CASE("a line of stored figures says in the document what it rests on") {
    verdict::GateReport report = report_of({GateOutcome::failed, GateOutcome::passed});
    verdict::GateLine& line = report.lines.front();
    line.evidence = "stored figures";
    line.verdict = "regressed(moderate)";
    line.baseline = "segment of 12 runs, 0192ab12 to 0193cd34";
    line.interval = statistics::Interval{.low = 9, .high = 16};
    line.mde = 3.5;
    line.fence = 4;
    const json::value document = gate_document(report, uncontrolled());
    CHECK(problems(document) == "");
    const json::array& lines = document.at("lines").as_array();
    CHECK(lines[0].at("evidence").at("from") == json::value("stored figures"));
    CHECK(lines[0].at("evidence").at("mde").to_number<double>() == 3.5);
    CHECK(lines[0].at("evidence").at("interval").as_array().size() == 2);
    CHECK(lines[1].at("evidence").at("from").is_null());
    CHECK(lines[1].at("evidence").at("interval").is_null());
}

TEST_CASE("a line about the host shows its noise, not a change") {
    verdict::GateReport report = report_of({GateOutcome::failed});
    verdict::GateLine& line = report.lines.front();
    line.kind = verdict::RuleKind::host;
    line.case_id.clear();
    line.metric = "host_noise";
    line.statistic = "noise";
    line.figure = 0.125;
    line.unit = "1";
    const std::string text = gate_text(report, heading(), false);
    CHECK(text.find("0.125") != std::string::npos);
    CHECK(text.find("worse") == std::string::npos);
    CHECK(problems(gate_document(report, uncontrolled())) == "");
}

TEST_CASE("of figures that were taken before nothing is called measured") {
    GateHeading of_file = uncontrolled();
    of_file.cases = 3;
    const auto report = report_of({GateOutcome::passed, GateOutcome::passed});
    CHECK(gate_text(report, of_file, false).find("(1 measured, 0 identical of 3 cases)") !=
          std::string::npos);
    of_file.measured = false;
    const std::string text = gate_text(report, of_file, false);
    CHECK(text.find("(1 judged of 3 cases)") != std::string::npos); // two lines about one case
    CHECK(text.find("measured") == std::string::npos);
}

TEST_CASE("a rule that applies to no case is told with what it names that is not there") {
    verdict::GateReport report = report_of({GateOutcome::nothing});
    report.unmatched = {"speed", "plain"};
    report.why_unmatched = {{"speed", "there is no metric 'tme' (did you mean 'time'?)"},
                            {"plain", "applies to no case"}};
    const std::string text = gate_text(report, uncontrolled(), false);
    CHECK(text.find("NOTHING  rule 'speed' applies to no case: there is no metric 'tme' (did you "
                    "mean 'time'?)\n") != std::string::npos);
    CHECK(text.find("rule 'plain' applies to no case\n") != std::string::npos);
    const json::value document = gate_document(report, uncontrolled());
    CHECK(problems(document).empty());
    CHECK(document.at("unmatched_reasons").at("speed") ==
          "there is no metric 'tme' (did you mean 'time'?)");
}
