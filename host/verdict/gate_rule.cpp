#include "verdict/gate_rule.hpp"

#include "verdict/name_pattern.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

namespace assay::verdict {
namespace {

constexpr std::size_t kExactId = 1000; // more than any number of other conditions

constexpr std::array<std::string_view, 5> kKinds{
    "regression", "limit", "improvement", "no_new_alerts", "host"};
constexpr std::array<std::string_view, 17> kStatistics{"median",
                                                       "mean",
                                                       "min",
                                                       "max",
                                                       "p05",
                                                       "p25",
                                                       "p75",
                                                       "p90",
                                                       "p95",
                                                       "p99",
                                                       "p999",
                                                       "stddev",
                                                       "mad",
                                                       "cv",
                                                       "n",
                                                       "failures",
                                                       "rate"};
constexpr std::array<std::string_view, 6> kOperators{"<", "<=", ">", ">=", "==", "within"};

// What two rules must share for one to stand in for the other.
auto question_of(const GateRule& rule) {
    const bool is_limit = rule.kind == RuleKind::limit;
    const bool upper = rule.op == Operator::less || rule.op == Operator::at_most;
    const bool lower = rule.op == Operator::greater || rule.op == Operator::at_least;
    const int side = !is_limit ? 0 : upper ? 1 : lower ? 2 : 3;
    return std::tuple(rule.kind, rule.metric, rule.statistic, side);
}

// The match first, then whether the metric is named.
auto specificity_of(const GateRule& rule) {
    return std::pair(rule.match.specificity(), !rule.by_pattern);
}

} // namespace

std::string_view name_of(RuleKind kind) noexcept {
    return kKinds.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(Statistic statistic) noexcept {
    return kStatistics.at(static_cast<std::size_t>(statistic));
}

std::string_view name_of(Operator op) noexcept {
    return kOperators.at(static_cast<std::size_t>(op));
}

std::string_view name_of(Evidence evidence) noexcept {
    return evidence == Evidence::history ? "history" : "compare";
}

std::size_t RuleMatch::specificity() const noexcept {
    const auto said = [](const auto& one) -> std::size_t { return one.has_value() ? 1 : 0; };
    return (case_id ? kExactId : 0) + said(suite) + said(family) + said(tag) + params.size();
}

void expand_patterns(GateFile& gates, const std::vector<std::string>& keys) {
    const std::set<std::string> known(keys.begin(), keys.end());
    std::vector<GateRule> expanded;
    for (const GateRule& rule : gates.rules) {
        const std::size_t before = expanded.size();
        if (!is_about_no_case(rule.kind) && is_pattern(rule.metric)) {
            for (const std::string& key : known) {
                if (matches_pattern(rule.metric, key)) {
                    GateRule& one = expanded.emplace_back(rule);
                    one.metric = key;
                    one.by_pattern = true;
                }
            }
        }
        if (expanded.size() == before) {
            expanded.push_back(rule);
        }
    }
    gates.rules = std::move(expanded);
}

GateFile default_gates() {
    GateFile gates;
    gates.name = "built-in rules";
    gates.has_own_rules = false;
    gates.rules.emplace_back().id = "time";
    return gates;
}

void set_regression_threshold(GateFile& gates, double share) {
    for (GateRule& rule : gates.rules) {
        if (rule.kind == RuleKind::regression && !rule.locked && rule.scale != Scale::points) {
            rule.fail = share;
            rule.warn = std::min(rule.warn, share);
            rule.severe = std::max(rule.severe, share);
        }
    }
}

bool matches(const RuleMatch& match, const RuleSubject& subject) {
    const auto agrees = [](const std::optional<std::string>& wanted, const std::string& is) {
        return !wanted || *wanted == is;
    };
    const auto has = [&subject](const std::pair<std::string, std::string>& wanted) {
        return std::ranges::find(subject.params, wanted) != subject.params.end();
    };
    return agrees(match.suite, subject.suite) && agrees(match.family, subject.family) &&
           agrees(match.case_id, subject.id) &&
           (!match.tag || std::ranges::find(subject.tags, *match.tag) != subject.tags.end()) &&
           std::ranges::all_of(match.params, has);
}

const GateRule* replacement_of(const GateFile& gates, const GateRule& rule) {
    const bool asks_all = rule.match.specificity() == 0;
    const GateRule* found = nullptr;
    bool is_later = false;
    for (const GateRule& other : gates.rules) {
        is_later = is_later || &other == &rule;
        if (&other != &rule && is_later && question_of(other) == question_of(rule) &&
            (asks_all ? other.match.specificity() == 0 : other.match == rule.match) &&
            specificity_of(other) >= specificity_of(rule)) {
            found = &other;
        }
    }
    return found;
}

std::vector<const GateRule*> rules_for(const GateFile& gates, const RuleSubject& subject) {
    std::vector<const GateRule*> chosen;
    for (const GateRule& rule : gates.rules) {
        if (is_about_no_case(rule.kind) || !matches(rule.match, subject)) {
            continue;
        }
        const auto same = std::ranges::find_if(
            chosen, [&](const GateRule* one) { return question_of(*one) == question_of(rule); });
        if (same == chosen.end()) {
            chosen.push_back(&rule);
        } else if (specificity_of(rule) >= specificity_of(**same)) {
            *same = &rule;
        }
    }
    return chosen;
}

} // namespace assay::verdict
