// What a gate says of figures beside its lines.
#include "app/gate/left_out_notes.hpp"

#include <doctest/doctest.h>

namespace left_out_notes_test {

using namespace assay;
using namespace assay::app;
using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateOutcome;

namespace {

GateCase case_named(const std::string& id, CaseStanding standing) {
    GateCase one;
    one.subject = {.id = id, .suite = "s", .family = "f"};
    one.standing = standing;
    one.reason = standing == CaseStanding::missing ? "the run before it has it" : "";
    one.figures.push_back({.key = "time", .unit = "s"});
    return one;
}

verdict::GateReport line_about(const std::string& id, GateOutcome outcome) {
    verdict::GateReport report;
    verdict::GateLine& line = report.lines.emplace_back();
    line.case_id = id;
    line.metric = "time";
    line.outcome = outcome;
    return report;
}

verdict::GateFile own_rules() {
    verdict::GateFile gates = verdict::default_gates();
    gates.has_own_rules = true;
    return gates;
}

bool says(const std::vector<RunWarning>& notes, std::string_view part) {
    for (const RunWarning& note : notes) {
        if ((note.text + note.next).find(part) != std::string::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("a lost case that no rule asks about is named all the same") {
    const std::vector<GateCase> cases{case_named("s/gone", CaseStanding::missing)};
    const auto notes = left_out_notes(own_rules(), cases, {});
    CHECK(says(notes, "no rule asks about it: s/gone (the run before it has it)"));
    CHECK(left_out_notes(own_rules(), cases, line_about("s/gone", GateOutcome::warned)).empty());
}

TEST_CASE("where no baseline is there yet it is said how the first runs pass") {
    verdict::GateReport report = line_about("s/a", GateOutcome::nothing);
    CHECK(first_runs_notes(report).empty());
    report.lines.front().verdict = "no_baseline";
    CHECK(says(first_runs_notes(report), "no baseline yet: 1"));
    CHECK(says(first_runs_notes(report), "\"missing_baseline\": \"allow\""));
    report.lines.front().outcome = GateOutcome::passed;
    CHECK(first_runs_notes(report).empty());
}

TEST_CASE("where a loss fails the gate it is said how to let it go") {
    const std::vector<GateCase> cases{case_named("s/gone", CaseStanding::missing)};
    const auto notes =
        left_out_notes(own_rules(), cases, line_about("s/gone", GateOutcome::broken));
    CHECK(says(notes, "missing_case"));
    GateCase figure = case_named("s/f", CaseStanding::measured_only);
    figure.figures.front().lost = true;
    CHECK(says(left_out_notes(own_rules(), {figure}, {}), "asks about it: s/f time"));
}

TEST_CASE("what the built-in rules do not judge is named, and of own rules nobody wants to know") {
    const std::vector<GateCase> cases{case_named("s/f", CaseStanding::measured_only),
                                      case_named("s/vus", CaseStanding::measured_only)};
    verdict::GateFile built_in = verdict::default_gates();
    built_in.has_own_rules = false;
    const auto report = line_about("s/f", GateOutcome::passed);
    const auto notes = left_out_notes(built_in, cases, report);
    CHECK(says(notes, "s/vus"));
    CHECK_FALSE(says(notes, "s/f,"));
    CHECK(left_out_notes(own_rules(), cases, report).empty());
}

} // namespace left_out_notes_test
