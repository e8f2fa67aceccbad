#include "all_evaluators.hpp"
#include "policy_decision/alert_ladder.hpp"
#include "policy_decision/fundamental_policies.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::policy_decision;
using policy_decision_test::AllEvaluators;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Attributes = std::vector<std::pair<std::string, Value>>;

// The decision of the naive evaluator, which all others are checked to give too.
Decision decided(PolicySet& set, const Attributes& attributes) {
    Context context(set.vocabulary());
    for (const auto& [name, value] : attributes) {
        context.set(name, value);
    }
    AllEvaluators all(set);
    const Decision decision = all.naive.decide(context);
    for (auto& [name, evaluator] : all.others) {
        CAPTURE(name);
        CHECK(evaluator->decide(context) == decision);
    }
    return decision;
}

Policy simple(const std::string& id, std::int32_t priority, double enforcement) {
    return {.id = id,
            .priority = priority,
            .enforcement = enforcement,
            .rules = {{.conditions = {{"on", Op::equal, true}}}}};
}

} // namespace

TEST_CASE("each built-in rule is broken at its limit with its kind and severity") {
    struct Expected {
        Attributes attributes;
        std::string policy;
        ViolationKind kind;
        double severity;
    };

    const Expected all[] = {
        {{{"risk_level", 0.85}}, "core-safety", ViolationKind::moderate, 0.85},
        {{{"risk_level", 0.95}}, "core-safety", ViolationKind::major, 0.95},
        {{{"risk_level", 1.7}}, "core-safety", ViolationKind::major, 1},
        {{{"potential_harm", true}}, "core-safety", ViolationKind::critical, 0.9},
        {{{"bias_detected", true}}, "fairness", ViolationKind::major, 0.8},
        {{{"fairness_score", 0.25}}, "fairness", ViolationKind::moderate, 0.75},
        {{{"uses_personal_data", true}}, "privacy", ViolationKind::major, 0.8},
        {{{"uses_personal_data", true}, {"consent", false}}, "privacy", ViolationKind::major, 0.8},
        {{{"retention_days", 366.0}}, "privacy", ViolationKind::moderate, 0.5},
        {{{"affects_users", true}}, "autonomy-and-transparency", ViolationKind::moderate, 0.6},
        {{{"manipulation", true}}, "autonomy-and-transparency", ViolationKind::critical, 0.9},
        {{{"is_decision", true}}, "autonomy-and-transparency", ViolationKind::minor, 0.4},
        {{{"explanation_required", true}},
         "autonomy-and-transparency",
         ViolationKind::moderate,
         0.6},
    };
    PolicySet set(fundamental_policies());
    for (const Expected& expected : all) {
        CAPTURE(expected.attributes.front().first);
        const Decision decision = decided(set, expected.attributes);
        REQUIRE(decision.violations.size() == 1);
        const Violation& violation = decision.violations.front();
        CHECK(set.policy(violation.policy).id == expected.policy);
        CHECK(violation.kind == expected.kind);
        CHECK(violation.severity == doctest::Approx(expected.severity));
        CHECK(decision.blocked);
        CHECK(!decision.compliant);
    }
}

TEST_CASE("at its limits and with all that is asked for the built-in set is kept") {
    PolicySet set(fundamental_policies());
    const Decision decision = decided(set,
                                      {{"risk_level", 0.8},
                                       {"fairness_score", 0.6},
                                       {"retention_days", 365.0},
                                       {"uses_personal_data", true},
                                       {"consent", true},
                                       {"affects_users", true},
                                       {"user_override", true},
                                       {"is_decision", true},
                                       {"logged", true},
                                       {"explanation_required", true},
                                       {"explanation", std::string("because")}});
    CHECK(decision.compliant);
    CHECK(!decision.blocked);
    CHECK(decision.violations.empty());
}

TEST_CASE("a violated policy with enforcement 1 ends the evaluation after all of its rules") {
    PolicySet set({simple("first", 3, 0.5), simple("last", 2, 1.0), simple("never", 1, 0.9)});
    Policy last = set.policy(1);
    last.rules.push_back(last.rules.front());
    set.replace(last);
    const Decision decision = decided(set, {{"on", true}});
    REQUIRE(decision.violations.size() == 3);
    CHECK(decision.violations[0].policy == 0);
    CHECK(decision.violations[1].policy == 1);
    CHECK(decision.violations[2].policy == 1);
    CHECK(decision.violations[2].rule == 1);
}

TEST_CASE("blocked is what a violated policy of enforcement 0.8 or more says") {
    for (const auto& [enforcement, blocked] : {std::pair{0.79, false}, std::pair{0.8, true}}) {
        PolicySet set({simple("only", 1, enforcement)});
        CHECK(decided(set, {{"on", true}}).blocked == blocked);
        CHECK(!decided(set, {{"on", true}}).compliant);
        CHECK(!decided(set, {{"on", false}}).blocked);
    }
}

TEST_CASE("only active policies are evaluated") {
    PolicySet set({simple("only", 1, 1)});
    for (const PolicyStatus status : {PolicyStatus::proposed,
                                      PolicyStatus::deprecated,
                                      PolicyStatus::suspended,
                                      PolicyStatus::archived}) {
        set.set_status("only", status);
        CHECK(decided(set, {{"on", true}}).compliant);
    }
    set.set_status("only", PolicyStatus::active);
    CHECK(!decided(set, {{"on", true}}).compliant);
}

TEST_CASE("an attribute that is NaN violates whatever it is compared by") {
    for (int op = 0; op <= static_cast<int>(Op::not_equal); ++op) {
        PolicySet set({{.id = "only",
                        .rules = {{.conditions = {{"x", static_cast<Op>(op), 1.0}},
                                   .escalation = Escalation{.above = 2},
                                   .severity_from = SeverityFrom::value}}}});
        const Decision decision = decided(set, {{"x", kNan}});
        REQUIRE(decision.violations.size() == 1);
        CHECK(decision.violations[0].severity == 1);
        CHECK(decision.violations[0].kind == ViolationKind::major);
        CHECK(text_of(decision.violations[0].reason) == std::string("not comparable"));
    }
}

TEST_CASE("what the context lacks breaks no comparison and is counted once an attribute") {
    PolicySet set({{.id = "a",
                    .rules = {{.conditions = {{"x", Op::not_equal, 1.0}}},
                              {.conditions = {{"x", Op::less, 1.0}, {"y", Op::equal, true}}}}},
                   {.id = "b", .rules = {{.conditions = {{"z", Op::missing, true}}}}},
                   {.id = "c",
                    .status = PolicyStatus::suspended,
                    .rules = {{.conditions = {{"w", Op::equal, true}}}}}});
    const Decision decision = decided(set, {});
    CHECK(decision.unknown_attributes == 2);  // x and y
    REQUIRE(decision.violations.size() == 1); // z is missing, as b says
    CHECK(decision.violations[0].policy == 1);
}

TEST_CASE("an empty set complies with everything") {
    PolicySet set;
    const Decision decision = decided(set, {{"risk_level", 1.0}});
    CHECK(decision.compliant);
    CHECK(decision.unknown_attributes == 0);
}

TEST_CASE("a policy that extends another breaks the other's rules first") {
    PolicySet set({{.id = "own",
                    .rules = {{.conditions = {{"on", Op::equal, true}}, .severity = 0.1}},
                    .extends = "base"},
                   {.id = "base",
                    .status = PolicyStatus::proposed,
                    .rules = {{.conditions = {{"on", Op::equal, true}}, .severity = 0.9}}}});
    const Decision decision = decided(set, {{"on", true}});
    REQUIRE(decision.violations.size() == 2);
    CHECK(decision.violations[0].severity == 0.9);
    CHECK(decision.violations[1].severity == 0.1);
}

TEST_CASE("the alert ladder climbs at 1 and 2 and 4 and 7 and falls at 0.7 and 0.5 and 0.3") {
    const auto by_number = [](double number) {
        return alert_level({.hallucination_number = number});
    };
    const auto by_integrity = [](double integrity) {
        return alert_level({.integrity = integrity});
    };
    CHECK(by_number(0.99) == AlertLevel::none);
    CHECK(by_number(1) == AlertLevel::notice);
    CHECK(by_number(2) == AlertLevel::warning);
    CHECK(by_number(3.99) == AlertLevel::warning);
    CHECK(by_number(4) == AlertLevel::critical);
    CHECK(by_number(7) == AlertLevel::emergency);
    CHECK(by_integrity(0.7) == AlertLevel::none);
    CHECK(by_integrity(0.69) == AlertLevel::warning);
    CHECK(by_integrity(0.49) == AlertLevel::critical);
    CHECK(by_integrity(0.29) == AlertLevel::emergency);
    CHECK(alert_level({.hallucination_number = 4, .integrity = 0.6}) == AlertLevel::critical);
    CHECK(by_number(kNan) == AlertLevel::emergency);
    CHECK(by_integrity(kNan) == AlertLevel::emergency);
    CHECK(name_of(by_number(1)) == "notice");
}
