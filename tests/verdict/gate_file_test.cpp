#include "verdict/gate_file.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace gate_file_test {

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

TEST_CASE("a pair within which nothing lies is refused") {
    const std::string rule = R"("rules":[{"id":"r","kind":"limit","op":"within","value":)";
    CHECK(refusal(rule + R"(["30 ms","10 ms"]}])").find("low is more than high") !=
          std::string::npos);
    CHECK(parse(rule + R"(["10 ms","10 ms"]}])").ok());
}

TEST_CASE("a warning above the failure is refused where it stands") {
    const auto says = [](const std::string& members, std::string_view part) {
        const std::string message = refusal(members);
        INFO(message);
        return message.find(part) != std::string::npos;
    };
    const auto rule = [](const std::string& limits) {
        return R"("rules":[{"id":"a","kind":"regression"},{"id":"r","kind":"regression",)" +
               limits + "}]";
    };
    CHECK(says(rule(R"("warn":"30%","fail":"5%")"),
               "/rules/1/warn: warns beyond 30 %, and fails beyond 5 % before that"));
    CHECK(says(rule(R"("warn":"30%")"), "fails beyond 20 % by default"));
    CHECK(says(rule(R"("fail":"1000%","severe":"900%")"),
               "/rules/1/severe: calls severe what is beyond 900 %, and fails beyond 1000 %"));
    CHECK(says(R"("defaults":{"warn":"30%","fail":"10%"})", "/defaults/warn"));
    CHECK(parse(rule(R"("warn":"5%","fail":"5%","severe":"5%")")).ok());
    const auto lowered = parse(rule(R"("fail":"5%")")); // what nobody typed makes room
    REQUIRE(lowered.ok());
    CHECK(lowered->rules[1].warn == doctest::Approx(0.05));
    CHECK(parse(R"("defaults":{"fail":"40%"})")->rules[0].severe == doctest::Approx(0.40));
}

TEST_CASE("a limit that is no finite number is refused with its place") {
    const std::string message =
        refusal(R"("rules":[{"id":"r","kind":"limit","op":"<","value":"1e400 s"}])");
    CHECK(message.find("/rules/0/value: '1e400 s' is not finite") != std::string::npos);
}

TEST_CASE("a rule that a later one asks the same of the same cases is told by whom") {
    const auto gates = parse(R"("rules":[{"id":"cap","kind":"limit","op":"<","value":19},
        {"id":"cap2","kind":"limit","op":"<","value":25},
        {"id":"floor","kind":"limit","op":">","value":1},
        {"id":"hot","kind":"limit","match":{"suite":"cache"},"op":"<","value":9}])");
    REQUIRE(gates);
    const auto replacement = [&](std::size_t rule) {
        const GateRule* const other = replacement_of(*gates, gates->rules.at(rule));
        return other == nullptr ? std::string() : other->id;
    };
    CHECK(replacement(0) == "cap2");
    CHECK(replacement(1).empty());
    CHECK(replacement(2).empty());
    CHECK(replacement(3).empty());
}

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

TEST_CASE("rules about alerts are read, and refused where they go by what no series has") {
    const auto gates = parse(R"("rules":[{"id":"a","kind":"no_new_alerts"},
        {"id":"b","kind":"no_new_alerts","metric":"p9*","match":{"suite":"router"}}])");
    REQUIRE(gates);
    CHECK(gates->rules[0].kind == RuleKind::no_new_alerts);
    CHECK(gates->rules[0].metric == "*");
    CHECK(gates->rules[1].metric == "p9*");
    CHECK(gates->rules[1].match.suite == "router");
    CHECK(refusal(R"("rules":[{"id":"a","kind":"no_new_alerts","match":{"tag":"slow"}}])")
              .find("tags") != std::string::npos);
}

TEST_CASE("rules and policies about recorded runs are read") {
    const auto gates = parse(R"("policy":{"environment_shift":"allow","drift":"fail",
            "min_host_score":0.9,"shared_runner":"allow"},
        "rules":[{"id":"a","kind":"regression","evidence":"history"},
            {"id":"b","kind":"regression","metric":"peak_rss"},
            {"id":"c","kind":"host","op":"<=","value":"5%"},
            {"id":"d","kind":"limit","statistic":"failures","op":"==","value":0}])");
    REQUIRE(gates);
    CHECK(gates->policy.environment_shift == Leniency::allow);
    CHECK(gates->policy.drift == Leniency::fail);
    CHECK(*gates->policy.min_host_score == 0.9);
    CHECK(gates->policy.shared_runner_decides);
    CHECK(gates->rules[0].evidence == Evidence::history);
    CHECK(gates->rules[1].evidence == Evidence::compare);
    CHECK(gates->rules[2].kind == RuleKind::host);
    CHECK(gates->rules[3].statistic == Statistic::failures);
    const auto plain = parse(R"("policy":{"min_host_score":null})");
    REQUIRE(plain);
    CHECK(plain->policy.environment_shift == Leniency::undecided);
    CHECK(plain->policy.drift == Leniency::warn);
    CHECK_FALSE(plain->policy.min_host_score);
    CHECK_FALSE(plain->policy.shared_runner_decides);
    CHECK(refusal(R"("rules":[{"id":"a","kind":"host"}])").find("op") != std::string::npos);
    CHECK(refusal(R"("policy":{"min_host_score":2})").find("min_host_score") != std::string::npos);
}

TEST_CASE("a pattern becomes a rule for each metric that it names") {
    auto gates = parse(R"("rules":[{"id":"all","kind":"regression","metric":"*_latency"},
        {"id":"one","kind":"regression","metric":"query_latency"},
        {"id":"none","kind":"regression","metric":"*_rate"}])");
    REQUIRE(gates);
    expand_patterns(*gates, {"query_latency", "search_latency", "time", "query_latency"});
    std::vector<std::string> rules;
    for (const GateRule& rule : gates->rules) {
        rules.push_back(rule.id + ":" + rule.metric);
    }
    CHECK(rules ==
          std::vector<std::string>{
              "all:query_latency", "all:search_latency", "one:query_latency", "none:*_rate"});
    // Who names the metric goes before a pattern, whichever stands first.
    std::swap(gates->rules.front(), gates->rules[2]);
    rules.clear();
    for (const GateRule* rule : rules_for(*gates, kCase)) {
        rules.push_back(rule->id + ":" + rule->metric);
    }
    CHECK(rules ==
          std::vector<std::string>{"one:query_latency", "all:search_latency", "none:*_rate"});
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

TEST_CASE("a change of another statistic than the median is refused, a limit of it is not") {
    for (const std::string kind : {"regression", "improvement"}) {
        const auto gates =
            parse(R"("rules":[{"id":"tail","kind":")" + kind + R"(","statistic":"p95"}])");
        REQUIRE_FALSE(gates);
        CHECK(gates.error().kind == ErrorKind::config);
        CHECK(gates.error().message.find("medians, and not by p95") != std::string::npos);
        CHECK(gates.error().hint.find("limit") != std::string::npos);
        CHECK(parse(R"("rules":[{"id":"a","kind":")" + kind + R"(","statistic":"median"}])"));
    }
    CHECK(parse(R"("rules":[{"id":"a","kind":"limit","statistic":"p95","op":"<","value":1}])"));
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
    CHECK(gates->rules[0].limits(true).fail == 0.05); // a threshold is no number of points
}

TEST_CASE("changes in points have limits of their own, unless the rule says some itself") {
    const auto gates = parse(R"("defaults":{"warn":"8%","fail":"30%","severe":"40%"},
        "rules":[{"id":"plain","kind":"regression"},
        {"id":"failing","kind":"regression","fail":"15%"},
        {"id":"strict","kind":"regression","warn":"0.5%","fail":"1%"},
        {"id":"warning","kind":"regression","warn":"7%"},
        {"id":"severe","kind":"regression","severe":"31%"}])");
    REQUIRE(gates);
    const std::array<SeverityLimits, 5> wanted{{{0.02, 0.05, 0.10},
                                                {0.02, 0.15, 0.15},
                                                {0.005, 0.01, 0.10},
                                                {0.07, 0.07, 0.10},
                                                {0.02, 0.05, 0.31}}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CAPTURE(gates->rules[i].id);
        const SeverityLimits points = gates->rules[i].limits(true);
        CHECK(points.warn == doctest::Approx(wanted[i].warn));
        CHECK(points.fail == doctest::Approx(wanted[i].fail));
        CHECK(points.severe == doctest::Approx(wanted[i].severe));
    }
    CHECK(gates->rules[0].limits(false).fail == doctest::Approx(0.30));
    CHECK(gates->rules[1].limits(false).fail == doctest::Approx(0.15));
}

} // namespace gate_file_test
