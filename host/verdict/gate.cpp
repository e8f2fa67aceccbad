#include "verdict/gate.hpp"

#include "support/percent.hpp"
#include "verdict/gate_alerts.hpp"
#include "verdict/gate_limit.hpp"
#include "verdict/gate_line.hpp"
#include "verdict/gate_question.hpp"
#include "verdict/limit_test.hpp"
#include "verdict/tolerance.hpp"
#include "verdict/unmatched_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::verdict {
namespace {

// The size alone; what would weigh it against the usual spread is not known to a comparison.
std::string severity_of(double change, const SeverityLimits& limits) {
    return change < limits.fail ? "minor" : change < limits.severe ? "moderate" : "severe";
}

enum class AskedLimit { fail, warn, improve };

double limit_of(const GateQuestion& question, AskedLimit asked) {
    const SeverityLimits limits = question.rule->limits(question.change.points);
    return asked == AskedLimit::improve ? question.rule->improve
           : asked == AskedLimit::fail  ? limits.fail
                                        : limits.warn;
}

// ---- the answers ----

// No throughput falls and no time shrinks by a whole of itself.
bool is_out_of_reach(const GateQuestion& question, double share) {
    const bool shrinks = question.higher_is_better == (question.rule->kind == RuleKind::regression);
    return shrinks && !question.change.points && share >= 1;
}

// `m`: how many questions of this kind there were before the first pair. What turned out exact or
// without figures counts too, else the data would choose how strict the family is.
std::vector<LimitState> ask(const std::vector<GateQuestion>& questions,
                            std::size_t m,
                            RuleKind kind,
                            const GateContext& context,
                            AskedLimit asked) {
    std::vector<LimitQuestion> family;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const GateQuestion& one = questions[i];
        if (one.rule->kind != kind || one.exact || is_out_of_reach(one, limit_of(one, asked))) {
            continue;
        }
        const double limit = kind == RuleKind::regression
                                 ? one.change.loss(limit_of(one, asked), one.higher_is_better)
                                 : one.change.gain(limit_of(one, asked), one.higher_is_better);
        family.push_back({.x = one.change.x, .limit = limit});
        places.push_back(i);
    }
    // What is out of reach is a loss that stays below it, or a gain that is missed.
    std::vector<LimitState> states(
        questions.size(), kind == RuleKind::regression ? LimitState::kept : LimitState::broken);
    const std::vector<LimitState> found = test_limits(family, m, context.alpha, context.method);
    for (std::size_t i = 0; i < found.size(); ++i) {
        states[places[i]] = found[i];
    }
    return states;
}

// Exact figures are compared without statistics; strictly more than the limit is beyond it.
LimitState exact_state(double change, double limit) {
    return change > limit + kTolerance ? LimitState::broken : LimitState::kept;
}

void leave_to_more_pairs(GateLine& line, const GatePolicy& policy) {
    leave_undecided(
        line,
        policy,
        fmt::format("{} {} not decide it", line.n, line.n == 1 ? "pair does" : "pairs do"));
    line.wants_pairs = line.outcome == GateOutcome::undecided;
}

// Undecided, and no number of pairs changes that.
void explain_hopeless(GateLine& line, const GateQuestion& question, const GateContext& context) {
    if (!line.wants_pairs) {
        return;
    }
    const GateRule& rule = *question.rule;
    const MetricChange& change = question.change;
    LimitEvidence evidence(context.method);
    const double limit =
        rule.kind == RuleKind::regression
            ? change.loss(limit_of(question, AskedLimit::fail), question.higher_is_better)
            : change.gain(rule.improve, question.higher_is_better);
    for (const double x : change.x) {
        evidence.add(x - limit);
    }
    if (rule.metric != "time" && !comes_with_pairs(change.x.size(), question.pairs)) {
        line.reason += ", and more of them would bring no more of this figure";
        if (rule.metric == "instructions" && !question.nondeterministic) {
            line.reason += ": counts decide alone where the family is deterministic()";
        }
    } else if (evidence.is_on_the_limit()) {
        line.reason = "exactly the limit in every pair: neither beyond it nor below";
    } else {
        return;
    }
    line.wants_pairs = false;
}

void answer_regression(GateLine& line,
                       const GateQuestion& question,
                       LimitState fail,
                       LimitState warn,
                       const GatePolicy& policy) {
    const SeverityLimits limits = question.rule->limits(question.change.points);
    const auto share = [&question](double one) { return share_text(one, question.change.points); };
    if (fail == LimitState::broken) {
        line.outcome = GateOutcome::failed;
        line.severity = severity_of(std::max(*line.figure / kPercent, limits.fail), limits);
    } else if (warn == LimitState::broken) {
        line.outcome = GateOutcome::warned;
        line.severity = "minor";
        line.reason = "more than " + share(limits.warn) + " worse";
    } else if (fail == LimitState::kept) {
        line.outcome = GateOutcome::passed;
        line.reason = "shown to be less than " +
                      share(warn == LimitState::kept ? limits.warn : limits.fail) + " worse";
    } else {
        leave_to_more_pairs(line, policy);
    }
}

void answer_improvement(GateLine& line, LimitState gain, const GatePolicy& policy) {
    switch (gain) {
    case LimitState::kept: // shown to lie on the better side of the gain
        line.outcome = GateOutcome::passed;
        return;
    case LimitState::broken:
        line.outcome = GateOutcome::failed;
        return;
    case LimitState::undecided:
        break;
    }
    leave_to_more_pairs(line, policy);
}

// What stands above the pairs' answer, or beside it.
void qualify(GateLine& line, const GateQuestion& question, const GatePolicy& policy) {
    if (question.drifting) {
        leave_undecided(line,
                        policy,
                        "drifting: the first half of the pairs and the last contradict each other");
        line.wants_pairs = false;
    }
    if (question.launches_missing > 0) {
        leave_undecided(line, policy, too_few_exact_launches(question.told, question.rule->metric));
        line.wants_pairs = line.outcome == GateOutcome::undecided &&
                           comes_with_pairs(question.told, question.pairs);
    }
    if (question.nondeterministic) {
        line.reason = "nondeterministic: launches of one build differ" +
                      (line.reason.empty() ? "" : "; " + line.reason);
    }
    if (question.told < question.asked) {
        line.reason += fmt::format("{}{} of {} pairs have it in both builds",
                                   line.reason.empty() ? "" : "; ",
                                   question.told,
                                   question.asked);
    }
}

// Questions that were asked of pairs, be it that these had no answer to give.
struct FamilySizes {
    std::size_t regressions = 0, improvements = 0;

    void count(RuleKind kind) noexcept {
        regressions += kind == RuleKind::regression ? 1 : 0;
        improvements += kind == RuleKind::improvement ? 1 : 0;
    }
};

void answer(const GateFile& gates,
            const GateContext& context,
            const FamilySizes& sizes,
            const std::vector<GateQuestion>& questions,
            std::vector<GateLine>& lines) {
    const auto losses = [&](AskedLimit asked) {
        return ask(questions, sizes.regressions, RuleKind::regression, context, asked);
    };
    const auto fails = losses(AskedLimit::fail);
    const auto warns = losses(AskedLimit::warn);
    const auto gains =
        ask(questions, sizes.improvements, RuleKind::improvement, context, AskedLimit::improve);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const GateQuestion& one = questions[i];
        GateLine& line = lines[one.line];
        const double change = one.change.typical(one.higher_is_better).value_or(0);
        line.figure = kPercent * change;
        line.unit = one.change.points ? "points" : "%";
        line.n = one.change.x.size();
        line.evidence = name_of(Evidence::compare);
        const GateRule& rule = *one.rule;
        line.limit = limit_text(rule, one.change.points);
        if (rule.kind == RuleKind::improvement) {
            answer_improvement(
                line, one.exact ? exact_state(change, -rule.improve) : gains[i], gates.policy);
        } else {
            answer_regression(
                line,
                one,
                one.exact ? exact_state(change, limit_of(one, AskedLimit::fail)) : fails[i],
                one.exact ? exact_state(change, limit_of(one, AskedLimit::warn)) : warns[i],
                gates.policy);
        }
        explain_hopeless(line, one, context);
        qualify(line, one, gates.policy);
        if (!std::isfinite(change)) {
            line.figure.reset();
            line.reason = "there was none of it before" +
                          (line.reason.empty() ? std::string() : "; " + line.reason);
        }
    }
}

// A machine on which a build differs from its own copy has nothing to say against another, exact
// figures and limits on today's included. What the cases' standing alone decided stays.
void withdraw_claims(std::vector<GateLine>& lines) {
    for (GateLine& line : lines) {
        if (line.outcome == GateOutcome::failed ||
            (line.outcome == GateOutcome::warned && line.figure)) {
            line.outcome = GateOutcome::undecided;
            line.severity.clear();
            line.reason = "null control fired";
            line.wants_pairs = false;
        }
    }
}

// ---- the whole ----

// Before the first pair: a case that breaks later was asked like any.
bool was_asked(const GateCase& one, const GateFigure* figure) {
    return one.is_for_pairs && figure != nullptr && figure->higher_is_better;
}

} // namespace

GateFile with_metrics_of(const GateFile& gates, const std::vector<GateCase>& cases) {
    std::vector<std::string> keys;
    for (const GateCase& one : cases) {
        for (const GateFigure& figure : one.figures) {
            keys.push_back(figure.key);
        }
    }
    GateFile named = gates;
    expand_patterns(named, keys);
    return named;
}

GateReport
judge(const GateFile& written, const std::vector<GateCase>& cases, const GateContext& context) {
    const GateFile gates = with_metrics_of(written, cases);
    GateReport report;
    std::vector<GateQuestion> questions;
    FamilySizes sizes;
    for (const GateCase& one : cases) {
        for (const GateRule* rule : rules_for(gates, one.subject)) {
            const GateFigure* figure = figure_of(one, rule->metric);
            const bool lost = is_lost(one.standing);
            if (!lost && (figure == nullptr || is_beside_the_pattern(*rule, *figure))) {
                continue; // the family has no such metric
            }
            GateLine& line = report.lines.emplace_back(line_of(*rule, one));
            line.clock = figure != nullptr ? figure->clock : measure::Clock::automatic;
            if (was_asked(one, figure)) {
                sizes.count(rule->kind);
            }
            if (lost || (rule->kind != RuleKind::limit && one.standing != CaseStanding::compared)) {
                settle_by_standing(one, gates.policy, context.cancelled, line);
            } else if (rule->kind == RuleKind::limit) {
                judge_limit(*rule, one, *figure, context.cancelled, line);
            } else if (auto question = question_about(
                           *rule, one, *figure, gates.policy, context.cancelled, line)) {
                question->line = report.lines.size() - 1;
                questions.push_back(std::move(*question));
            }
        }
    }
    answer(gates, context, sizes, questions, report.lines);
    if (context.null_control_fired) {
        withdraw_claims(report.lines);
    }
    for (const GateQuestion& one : questions) {
        GateLine& line = report.lines[one.line];
        line.verdict = word_of_pairs(line);
    }
    judge_alerts(gates, {.reason = "pairs of builds show no history"}, true, report);
    judge_host(gates, context.host_noise, report);
    sum_up(gates, context, report);
    explain_unmatched(gates, cases, report);
    return report;
}

} // namespace assay::verdict
