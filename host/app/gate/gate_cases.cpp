#include "app/gate/gate_cases.hpp"

#include "app/session/launch_figures.hpp"
#include "app/session/memory_figures.hpp"
#include "app/session/work_counts.hpp"
#include "plan/case_id.hpp"

#include <assay/abi/suite.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace assay::app {
namespace {

using verdict::CaseStanding;
using verdict::GateRule;
using verdict::RuleKind;

CaseStanding standing_of(const MatchedCase& matched) {
    switch (matched.fate) {
    case CaseFate::compared:
        return are_identical(matched) ? CaseStanding::identical : CaseStanding::measured_only;
    case CaseFate::only_in_old:
        return CaseStanding::missing;
    case CaseFate::only_in_new:
        return CaseStanding::no_baseline;
    case CaseFate::incomparable:
        return CaseStanding::incomparable;
    case CaseFate::failed:
        break;
    }
    return CaseStanding::broken;
}

std::optional<bool> higher_is_better(measure::Direction direction) {
    switch (direction) {
    case measure::Direction::higher:
        return true;
    case measure::Direction::lower:
        return false;
    case measure::Direction::none:
        break;
    }
    return std::nullopt;
}

verdict::GateFigure& figure_for(verdict::GateCase& one, const std::string& key) {
    const auto found = std::ranges::find(one.figures, key, &verdict::GateFigure::key);
    if (found != one.figures.end()) {
        return *found;
    }
    return one.figures.emplace_back(verdict::GateFigure{.key = key, .unit = {}});
}

// All that a case may have figures of, without any: known before the first of them. What the plan
// asks about and what the lines are about are both taken from here, so that the size of a family
// does not depend on what was measured.
std::vector<report::MetricResult> possible_metrics(const MatchedCase& matched) {
    const CaseFigures unmeasured(matched.family());
    std::vector<report::MetricResult> metrics = unmeasured.metrics();
    const auto add = [&metrics](report::MetricResult metric) {
        if (std::ranges::find(metrics, metric.key, &report::MetricResult::key) == metrics.end()) {
            metrics.push_back(std::move(metric));
        }
    };
    for (const std::string_view key : CaseFigures::host_metric_keys()) {
        add(*unmeasured.metric(key));
    }
    add(counts_metric({}));
    return metrics;
}

verdict::GateFigure& describe(verdict::GateCase& one, const report::MetricResult& metric) {
    verdict::GateFigure& figure = figure_for(one, metric.key);
    figure.unit = metric.unit;
    figure.higher_is_better = higher_is_better(metric.direction);
    figure.exact = (metric.flags & ASSAY_METRIC_EXACT) != 0;
    return figure;
}

void describe_measured(verdict::GateCase& one, const report::MetricResult& metric) {
    verdict::GateFigure& figure = describe(one, metric);
    if (metric.summary.n == 0) {
        figure.reason = metric.reason;
    } else {
        figure.clock = metric.clock;
    }
}

CaseStanding standing_of(const ComparedCase& compared) {
    if (compared.matched.fate == CaseFate::compared) {
        return CaseStanding::compared;
    }
    return compared.status == measure::CaseStatus::cancelled ? CaseStanding::measured_only
                                                             : standing_of(compared.matched);
}

void take_comparison(verdict::GateCase& one, const ComparedCase& compared) {
    one.standing = standing_of(compared);
    one.reason = compared.reason;
    one.drifting = compared.finding.is_drifting;
    for (const PairRecord& pair : compared.pairs) {
        one.pairs.push_back(pair.figures.x);
    }
    for (const report::MetricResult& metric : compared.new_metrics) {
        describe_measured(one, metric);
        figure_for(one, metric.key).only_verified = metric.only_verified;
        figure_for(one, metric.key).new_launches = metric.launch_figures;
    }
    for (const report::MetricResult& metric : compared.old_metrics) {
        figure_for(one, metric.key).old_launches = metric.launch_figures;
    }
}

// Each level is a family of its own: all that would fail, all that would warn, all improvements.
enum Level : std::size_t { kFails, kWarns, kImproves };

// Whether a case may have figures of it to judge; else the rule is not about the case.
bool may_have(const MatchedCase& matched, const std::string& metric) {
    return std::ranges::any_of(
        possible_metrics(matched), [&metric](const report::MetricResult& one) {
            return one.key == metric && one.direction != measure::Direction::none;
        });
}

// Whether pairs of it are measured for the rules that ask for them.
bool is_for_pairs(const MatchedCase& matched) {
    return matched.fate == CaseFate::compared && !are_identical(matched);
}

// Whether launches of their own are needed for it, with a counter preloaded.
bool is_of_memory(const std::string& metric) {
    report::CaseResult unmeasured;
    add_memory({}, unmeasured);
    return std::ranges::count(unmeasured.metrics, metric, &report::MetricResult::key) > 0;
}

// What a rule asks of the pairs of a case.
void watch(const GateRule& rule, const std::string& case_id, std::vector<WatchedLimit>& watched) {
    const auto ask = [&](verdict::QuestionKind kind, double share, double points, Level level) {
        watched.push_back({.case_id = case_id,
                           .question = {.metric = rule.metric,
                                        .kind = kind,
                                        .share = share,
                                        .points = points,
                                        .scale = rule.scale,
                                        .family = level}});
    };
    if (rule.kind == RuleKind::regression) {
        ask(verdict::QuestionKind::loss, rule.fail, rule.points.fail, kFails);
        ask(verdict::QuestionKind::loss, rule.warn, rule.points.warn, kWarns);
    } else if (rule.kind == RuleKind::improvement) {
        ask(verdict::QuestionKind::missed_gain, rule.improve, rule.improve, kImproves);
    }
}

} // namespace

bool are_identical(const MatchedCase& matched) {
    return matched.fate == CaseFate::compared &&
           matched.old_suite->content == matched.new_suite->content &&
           matched.old_suite->config_json == matched.new_suite->config_json;
}

void take_today(verdict::GateCase& one, const report::CaseResult& result) {
    if (result.status == measure::CaseStatus::cancelled) {
        return;
    }
    if (result.status != measure::CaseStatus::passed &&
        result.status != measure::CaseStatus::skipped &&
        result.status != measure::CaseStatus::unavailable) {
        one.standing = CaseStanding::broken;
        one.reason = result.reason;
        return;
    }
    for (const report::MetricResult& metric : result.metrics) {
        describe_measured(one, metric);
        figure_for(one, metric.key).today = metric.summary;
    }
    if (!result.reason.empty()) {
        for (verdict::GateFigure& figure : one.figures) {
            figure.reason = result.reason;
        }
    }
}

verdict::RuleSubject subject_of(const measure::SuiteDescription& suite,
                                const plan::PlannedCase& planned) {
    const measure::FamilyDescription& family = suite.families.at(planned.family);
    verdict::RuleSubject subject{.id = planned.id, .suite = suite.name, .family = family.name};
    subject.tags = family.tags;
    for (std::size_t i = 0; i < planned.params.size(); ++i) {
        const std::string& axis = family.axes[i].name;
        subject.params.emplace_back(
            axis, plan::axis_text(axis, planned.params[i]).substr(axis.size() + 1));
    }
    return subject;
}

verdict::RuleSubject subject_of(const MatchedCase& matched) {
    const bool is_new = matched.new_case != nullptr;
    const SessionSuite& suite = is_new ? *matched.new_suite : *matched.old_suite;
    return subject_of(suite.description, is_new ? *matched.new_case : *matched.old_case);
}

void add_gated_metrics(verdict::GateFile& gates, const std::vector<MatchedCase>& matched) {
    if (gates.has_own_rules) {
        return;
    }
    const GateRule of_time = gates.rules.front();
    std::set<std::tuple<std::string, std::string, std::string>> known;
    for (const MatchedCase& one : matched) {
        const verdict::RuleSubject subject = subject_of(one);
        for (const measure::MetricDescription& metric : one.family().metrics) {
            const bool gated = (metric.flags & ASSAY_METRIC_GATE) != 0 &&
                               metric.direction != measure::Direction::none;
            if (gated && known.emplace(subject.suite, subject.family, metric.key).second) {
                GateRule& rule = gates.rules.emplace_back(of_time);
                rule.id = metric.key;
                rule.metric = metric.key;
                rule.match = {.suite = subject.suite, .family = subject.family};
                rule.optional = true; // a case that never observes it has nothing to lose
            }
        }
    }
}

void name_metrics(verdict::GateFile& gates, const std::vector<MatchedCase>& matched) {
    std::vector<std::string> keys;
    for (const MatchedCase& one : matched) {
        for (const report::MetricResult& metric : possible_metrics(one)) {
            keys.push_back(metric.key);
        }
    }
    verdict::expand_patterns(gates, keys);
}

GatePlan gate_plan(const verdict::GateFile& gates, const std::vector<MatchedCase>& matched) {
    GatePlan plan;
    for (const MatchedCase& one : matched) {
        bool asks_pairs = false;
        bool asks_today = false;
        for (const GateRule* rule : verdict::rules_for(gates, subject_of(one))) {
            const bool is_limit = rule->kind == RuleKind::limit;
            asks_today |= is_limit;
            asks_pairs |= !is_limit;
            (is_limit ? plan.counts_today : plan.counts_pairs) |= rule->metric == "instructions";
            plan.memory_today |= is_limit && is_of_memory(rule->metric);
            if (is_for_pairs(one) && may_have(one, rule->metric)) {
                watch(*rule, one.id, plan.watched);
            }
        }
        if (asks_pairs && is_for_pairs(one)) {
            plan.compared.push_back(one);
        }
        if (asks_today && one.new_case != nullptr) {
            plan.case_ids.push_back(one.id);
        }
    }
    return plan;
}

std::vector<verdict::GateCase> gate_cases(const std::vector<MatchedCase>& matched,
                                          const ComparisonOutcome& outcome,
                                          const std::map<std::string, report::CaseResult>& today) {
    std::vector<verdict::GateCase> cases;
    for (const MatchedCase& one : matched) {
        verdict::GateCase& gated = cases.emplace_back();
        gated.subject = subject_of(one);
        gated.standing = standing_of(one);
        gated.reason = one.reason;
        gated.is_for_pairs = is_for_pairs(one);
        for (const report::MetricResult& metric : possible_metrics(one)) {
            describe(gated, metric);
        }
        const auto compared = std::ranges::find(
            outcome.cases, one.id, [](const ComparedCase& c) { return c.matched.id; });
        if (compared != outcome.cases.end()) {
            take_comparison(gated, *compared);
        }
        if (const auto found = today.find(one.id); found != today.end()) {
            take_today(gated, found->second);
        }
    }
    return cases;
}

} // namespace assay::app
