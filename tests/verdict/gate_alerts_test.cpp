#include "verdict/gate_alerts.hpp"
#include "verdict/stored_gate.hpp"

#include <doctest/doctest.h>

namespace gate_alerts_test {

using namespace assay::verdict;

namespace {

GateFile gates_about_alerts() {
    GateFile gates;
    GateRule& rule = gates.rules.emplace_back();
    rule.id = "quiet";
    rule.kind = RuleKind::no_new_alerts;
    rule.metric = "*";
    return gates;
}

AlertNews news_about(const std::string& suite, bool machine = false) {
    return {.title = suite + "/f time 25.0 % worse",
            .severity = "moderate",
            .machine = machine,
            .about = {{RuleSubject{.id = suite + "/f", .suite = suite, .family = "f"}, "time"}}};
}

GateLine line_of_alerts(const GateFile& gates, const AlertsAsked& asked, bool decides = true) {
    GateReport report;
    judge_alerts(gates, asked, decides, report);
    REQUIRE(report.lines.size() == 1);
    return report.lines.front();
}

} // namespace

TEST_CASE("a new alert fails the rule, and no new alert passes it") {
    const GateFile gates = gates_about_alerts();
    const GateLine quiet = line_of_alerts(gates, {.news = std::vector<AlertNews>{}});
    CHECK(quiet.outcome == GateOutcome::passed);
    CHECK(quiet.figure == 0);
    const GateLine loud =
        line_of_alerts(gates, {.news = std::vector<AlertNews>{news_about("router")}});
    CHECK(loud.outcome == GateOutcome::failed);
    CHECK(loud.figure == 1);
    CHECK(loud.severity == "moderate");
    CHECK(loud.reason.find("router/f time") != std::string::npos);
}

TEST_CASE("an alert about other cases or metrics is none of the rule's") {
    GateFile gates = gates_about_alerts();
    const AlertsAsked asked{.news = std::vector<AlertNews>{news_about("router")}};
    gates.rules.front().match.suite = "rag";
    CHECK(line_of_alerts(gates, asked).outcome == GateOutcome::passed);
    gates.rules.front().match.suite = "router";
    CHECK(line_of_alerts(gates, asked).outcome == GateOutcome::failed);
    gates.rules.front().metric = "p99";
    CHECK(line_of_alerts(gates, asked).outcome == GateOutcome::passed);
}

TEST_CASE("where nobody could look the rule is not kept") {
    GateFile gates = gates_about_alerts();
    CHECK(line_of_alerts(gates, {.reason = "not recorded"}).outcome == GateOutcome::nothing);
    const AlertsAsked young{.reason = "1 run", .too_young = true};
    CHECK(line_of_alerts(gates, young).outcome == GateOutcome::nothing);
    gates.policy.allow_missing_baseline = true;
    CHECK(line_of_alerts(gates, young).outcome == GateOutcome::passed);
    CHECK(line_of_alerts(gates, {.reason = "not recorded"}).outcome == GateOutcome::nothing);
}

TEST_CASE("an alert of the machine goes by the policy about shifts, others by the runner") {
    GateFile gates = gates_about_alerts();
    const AlertsAsked machine{.news = std::vector<AlertNews>{news_about("router", true)}};
    CHECK(line_of_alerts(gates, machine).outcome == GateOutcome::undecided);
    gates.policy.environment_shift = Leniency::allow;
    CHECK(line_of_alerts(gates, machine).outcome == GateOutcome::passed);
    gates.policy.environment_shift = Leniency::fail;
    CHECK(line_of_alerts(gates, machine).outcome == GateOutcome::failed);
    const AlertsAsked own{.news = std::vector<AlertNews>{news_about("router")}};
    CHECK(line_of_alerts(gates, own, false).outcome == GateOutcome::undecided);
}

TEST_CASE("a gate that asks of alerts alone has compared something") {
    StoredContext context;
    context.alerts.news.emplace();
    const GateReport report = judge_stored(gates_about_alerts(), {}, context);
    REQUIRE(report.lines.size() == 1);
    CHECK(report.unmatched.empty());
    CHECK(report.outcomes == std::vector<GateOutcome>{GateOutcome::passed});
    const GateReport unasked = judge_stored(gates_about_alerts(), {}, {});
    CHECK(unasked.outcomes.front() == GateOutcome::nothing);
}

} // namespace gate_alerts_test
