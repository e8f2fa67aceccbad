#include "verdict/gate_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace assay;
using namespace assay::verdict;

namespace {

Result<GateFile> parse(const std::string& members) {
    return parse_gate_file(R"({"schema":"assay.gates/1",)" + members + "}", "gates.json");
}

std::string refusal(const std::string& members) {
    const auto gates = parse(members);
    REQUIRE_FALSE(gates);
    CHECK(gates.error().kind == ErrorKind::config);
    CHECK(gates.error().message.find("gates.json") != std::string::npos);
    return gates.error().message;
}

const RuleSubject kCase{.id = "cache/lookup[n=8]",
                        .suite = "cache",
                        .family = "lookup",
                        .params = {{"n", "8"}},
                        .tags = {"hot"}};

} // namespace

TEST_CASE("a gate file is read with its rules, defaults and policy") {
    const auto gates = parse(R"("defaults":{"warn":"5%","fail":"15%","severe":"50%","floor":"2%",
            "improve":"3%","alpha":0.01},
        "policy":{"missing_baseline":"allow","undecided":"fail","min_compared":3,
            "environment_shift":"undecided","drift":"warn","min_host_score":null,
            "shared_runner":"compare-only"},
        "rules":[{"id":"time","kind":"regression","metric":"time","fail":"25%"},
            {"id":"hits","kind":"limit","match":{"suite":"cache","params":{"path":"cached","n":8}},
             "metric":"hit_rate","op":">=","value":0.20},
            {"id":"p95","kind":"limit","statistic":"p95","op":"<","value":"100 ms"},
            {"id":"ratio","kind":"limit","metric":"r","op":"within","value":[0.9,"110%"]},
            {"id":"win","kind":"improvement","improve":"10%","optional":true}])");
    REQUIRE(gates);
    CHECK(gates->floor == doctest::Approx(0.02));
    CHECK(*gates->alpha == 0.01);
    CHECK(gates->policy.allow_missing_baseline);
    CHECK_FALSE(gates->policy.allow_undecided);
    CHECK(gates->policy.min_compared == 3);
    REQUIRE(gates->rules.size() == 5);
    CHECK(gates->rules[0].fail == doctest::Approx(0.25));
    CHECK(gates->rules[0].warn == doctest::Approx(0.05));
    CHECK(gates->rules[1].match.params ==
          std::vector<std::pair<std::string, std::string>>{{"path", "cached"}, {"n", "8"}});
    CHECK(gates->rules[1].op == Operator::at_least);
    CHECK(gates->rules[2].statistic == Statistic::p95);
    CHECK(gates->rules[2].value == Amount{0.1, "s"});
    CHECK(gates->rules[3].high == Amount{110, "%"});
    CHECK(gates->rules[4].kind == RuleKind::improvement);
    CHECK(gates->rules[4].improve == doctest::Approx(0.10));
    CHECK(gates->rules[4].optional);
}

TEST_CASE("without rules a regression of time counts, with the default limits") {
    const auto gates = parse(R"("policy":{})");
    REQUIRE(gates);
    REQUIRE(gates->rules.size() == 1);
    CHECK(gates->rules[0].metric == "time");
    CHECK(gates->rules[0].fail == doctest::Approx(0.20));
    CHECK(default_gates().rules.size() == 1);
    CHECK_FALSE(gates->has_own_rules);
    CHECK_FALSE(default_gates().has_own_rules);
    CHECK(parse(R"("rules":[{"id":"a","kind":"regression"}])")->has_own_rules);
}

TEST_CASE("what is wrong in a gate file is named with its place") {
    CHECK(refusal(R"("rulez":[])").find("rules") != std::string::npos);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"regresion"}])").find("/rules/0/kind") !=
          std::string::npos);
    CHECK(
        refusal(R"("rules":[{"id":"a","kind":"regression","fail":"20"}])").find("/rules/0/fail") !=
        std::string::npos);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"limit"}])").find("/rules/0") != std::string::npos);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"limit","op":"within","value":1}])")
              .find("[low, high]") != std::string::npos);
    CHECK(
        refusal(R"("rules":[{"id":"a","kind":"limit","op":"<","value":"fast"}])").find("'fast'") !=
        std::string::npos);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"regression"},{"id":"a","kind":"regression"}])")
              .find("/rules/1/id") != std::string::npos);
    CHECK_FALSE(parse_gate_file("{", "gates.json"));
    CHECK_FALSE(parse_gate_file("{}", "gates.json"));
}

TEST_CASE("rules over recorded runs are refused, for no history is kept yet") {
    CHECK(refusal(R"("rules":[{"id":"a","kind":"no_new_alerts"}])").find("history") !=
          std::string::npos);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"regression","evidence":"history"}])")
              .find("history") != std::string::npos);
    CHECK(refusal(R"("policy":{"min_host_score":0.5})").find("history") != std::string::npos);
}

TEST_CASE("a rule is about the cases that fit everything it says") {
    CHECK(matches({}, kCase));
    CHECK(matches({.suite = "cache", .family = "lookup", .tag = "hot", .params = {{"n", "8"}}},
                  kCase));
    CHECK_FALSE(matches({.suite = "caches"}, kCase));
    CHECK_FALSE(matches({.tag = "cold"}, kCase));
    CHECK_FALSE(matches({.params = {{"n", "16"}}}, kCase));
    CHECK_FALSE(matches({.case_id = "cache/lookup"}, kCase));
    CHECK(matches({.case_id = "cache/lookup[n=8]"}, kCase));
}

TEST_CASE("of rules that ask the same the most specific counts, then the later one") {
    const auto gates = parse(R"("rules":[
        {"id":"suite","kind":"regression","match":{"suite":"cache"}},
        {"id":"all","kind":"regression"},
        {"id":"suite too","kind":"regression","match":{"suite":"cache"}},
        {"id":"memory","kind":"regression","metric":"peak_rss"},
        {"id":"upper","kind":"limit","op":"<","value":1},
        {"id":"lower","kind":"limit","op":">","value":0},
        {"id":"upper here","kind":"limit","match":{"family":"lookup"},"op":"<=","value":2}])");
    REQUIRE(gates);
    std::vector<std::string> ids;
    for (const GateRule* rule : rules_for(*gates, kCase)) {
        ids.push_back(rule->id);
    }
    CHECK(ids == std::vector<std::string>{"suite too", "memory", "upper here", "lower"});
}

TEST_CASE("a threshold replaces what would fail and keeps warnings below it and severe above") {
    auto gates = parse(R"("rules":[{"id":"a","kind":"regression"},
        {"id":"b","kind":"regression","locked":true},
        {"id":"c","kind":"regression","scale":"points"},
        {"id":"d","kind":"improvement"}])");
    REQUIRE(gates);
    set_regression_threshold(*gates, 0.05);
    CHECK(gates->rules[0].fail == 0.05);
    CHECK(gates->rules[0].warn == 0.05);
    CHECK(gates->rules[1].fail == doctest::Approx(0.20));
    CHECK(gates->rules[2].fail == doctest::Approx(0.20));
    set_regression_threshold(*gates, 0.50);
    CHECK(gates->rules[0].severe == 0.50);
}
