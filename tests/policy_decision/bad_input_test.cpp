#include "policy_decision/context.hpp"
#include "policy_decision/policy_set.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::policy_decision;

namespace {

Policy with_condition(const std::string& id, Condition condition) {
    return {.id = id, .rules = {{.conditions = {std::move(condition)}}}};
}

Policy extending(const std::string& id, const std::string& base) {
    return {.id = id, .extends = base};
}

} // namespace

TEST_CASE("a rule that uses an attribute as another type is refused when it is loaded") {
    PolicySet set({with_condition("a", {"risk", Op::greater, 0.8})});
    const std::uint64_t version = set.version();
    CHECK_THROWS_WITH_AS(
        set.add(with_condition("b", {"risk", Op::equal, true})),
        "policy 'b' /rules/0: attribute 'risk' is a number and is used as true or false",
        PolicyError);
    CHECK_THROWS_AS(set.replace(with_condition("a", {"risk", Op::equal, std::string("x")})),
                    PolicyError);
    CHECK(set.size() == 1);
    CHECK(set.version() == version);
    const auto both = [] {
        return PolicySet(std::vector<Policy>{with_condition("a", {"x", Op::equal, 1.0}),
                                             with_condition("b", {"x", Op::equal, true})})
            .size();
    };
    CHECK_THROWS_AS(both(), PolicyError);
}

TEST_CASE("a refused policy leaves no attribute behind") {
    PolicySet set;
    Policy policy = with_condition("a", {"fresh", Op::equal, 1.0});
    policy.rules.push_back({.conditions = {{"fresh", Op::equal, true}}});
    CHECK_THROWS_AS(set.add(policy), PolicyError);
    CHECK(set.vocabulary().size() == 0);
    CHECK_NOTHROW(set.add(with_condition("a", {"fresh", Op::equal, true})));
}

TEST_CASE("a context that gives an attribute another type is refused") {
    PolicySet set({with_condition("a", {"risk", Op::greater, 0.8})});
    Context context(set.vocabulary());
    CHECK_THROWS_WITH_AS(context.set("risk", true),
                         "context: attribute 'risk' is a number and is used as true or false",
                         PolicyError);
    CHECK(context.named().empty());
}

TEST_CASE("an id that is there twice is refused") {
    const auto twice = [] {
        return PolicySet(std::vector<Policy>{{.id = "a"}, {.id = "a"}}).size();
    };
    CHECK_THROWS_WITH_AS(twice(), "policy 'a' is there twice", PolicyError);
    PolicySet set({{.id = "a"}});
    CHECK_THROWS_WITH_AS(set.add({.id = "a"}), "policy 'a' is there already", PolicyError);
    CHECK_THROWS_WITH_AS(set.replace({.id = "b"}), "there is no policy 'b'", PolicyError);
    CHECK_THROWS_AS(set.set_status("b", PolicyStatus::active), PolicyError);
}

TEST_CASE("a policy that extends itself or what is not there is refused") {
    const auto circle = [] {
        return PolicySet(std::vector<Policy>{extending("a", "b"), extending("b", "a")}).size();
    };
    CHECK_THROWS_WITH_AS(circle(), "policy 'a' extends itself by way of 'a'", PolicyError);
    PolicySet set({{.id = "a"}, extending("b", "a"), extending("c", "b")});
    CHECK_THROWS_AS(set.replace(extending("a", "c")), PolicyError);
    CHECK_THROWS_AS(set.replace(extending("a", "a")), PolicyError);
    CHECK_THROWS_WITH_AS(
        set.add(extending("d", "x")), "policy 'd' extends 'x', which is not there", PolicyError);
    CHECK(set.version() == 1);
    CHECK(!set.policy(0).extends);
}

TEST_CASE("rules that cannot be judged are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    PolicySet set;
    const Rule bad[] = {
        {},
        {.conditions = {{"", Op::equal, true}}},
        {.conditions = {{"x", Op::less, true}}},
        {.conditions = {{"x", Op::at_least, std::string("y")}}},
        {.conditions = {{"x", Op::equal, nan}}},
        {.conditions = {{"x", Op::equal, 1.0}}, .severity = 1.5},
        {.conditions = {{"x", Op::equal, 1.0}}, .severity = nan},
        {.conditions = {{"x", Op::equal, true}}, .severity_from = SeverityFrom::value},
        {.conditions = {{"x", Op::missing, 1.0}}, .severity_from = SeverityFrom::shortfall},
        {.conditions = {{"x", Op::equal, true}}, .escalation = Escalation{.above = 1}},
        {.conditions = {{"x", Op::less, 1.0}}, .escalation = Escalation{.above = nan}},
    };
    for (const Rule& rule : bad) {
        CHECK_THROWS_AS(set.add({.id = "a", .rules = {rule}}), PolicyError);
    }
    CHECK_THROWS_AS(set.add({.id = ""}), PolicyError);
    CHECK_THROWS_AS(set.add({.id = "a", .enforcement = 1.01}), PolicyError);
    CHECK_THROWS_AS(set.add({.id = "a", .enforcement = nan}), PolicyError);
    CHECK(set.size() == 0);
}
