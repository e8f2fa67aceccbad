#include "verdict/gate.hpp"

#include "support/text.hpp"
#include "verdict/limit_test.hpp"
#include "verdict/metric_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace assay::verdict {
namespace {

constexpr double kPercent = 100;
constexpr double kTolerance = 1e-12; // "more than 20 %": 0.20 exactly passes

// A rule about a case whose pairs are asked; `line` is its place in the report.
struct Question {
    std::size_t line = 0;
    const GateRule* rule = nullptr;
    MetricChange change = {};
    bool higher_is_better = false;
    bool exact = false;
};

std::string share_text(double share) {
    return fmt::format("{:.3g} %", kPercent * share);
}

GateLine line_of(const GateRule& rule, const GateCase& one) {
    GateLine line;
    line.rule = rule.id;
    line.case_id = one.subject.id;
    line.metric = rule.metric;
    line.kind = rule.kind;
    if (rule.kind == RuleKind::limit) {
        line.statistic = name_of(rule.statistic);
    } else {
        line.statistic = "median of pairs";
        line.limit = rule.kind == RuleKind::regression
                         ? "at most " + share_text(rule.fail) + " worse"
                         : "at least " + share_text(rule.improve) + " better";
    }
    return line;
}

const GateFigure* figure_of(const GateCase& one, const std::string& metric) {
    const auto found = std::ranges::find(one.figures, metric, &GateFigure::key);
    return found == one.figures.end() ? nullptr : &*found;
}

// The size alone; what would weigh it against the usual spread is not known to a comparison.
std::string severity_of(double change, const GateRule& rule) {
    return change < rule.fail ? "minor" : change < rule.severe ? "moderate" : "severe";
}

// ---- limits: the figure of today against a number ----

double statistic_of(const statistics::Summary& summary, Statistic statistic) {
    const std::array<double, 15> values{summary.median,
                                        summary.mean,
                                        summary.min,
                                        summary.max,
                                        summary.p05,
                                        summary.p25,
                                        summary.p75,
                                        summary.p90,
                                        summary.p95,
                                        summary.p99,
                                        summary.p999,
                                        summary.stddev,
                                        summary.mad,
                                        summary.cv,
                                        static_cast<double>(summary.n)};
    return values.at(static_cast<std::size_t>(statistic));
}

bool holds(Operator op, double figure, double value, double high) {
    switch (op) {
    case Operator::less:
        return figure < value;
    case Operator::at_most:
        return figure <= value;
    case Operator::greater:
        return figure > value;
    case Operator::at_least:
        return figure >= value;
    case Operator::equal:
        return figure == value;
    case Operator::within:
        break;
    }
    return figure >= value && figure <= high;
}

void judge_limit(const GateRule& rule, const GateFigure& figure, GateLine& line) {
    const bool unitless = rule.statistic == Statistic::n || rule.statistic == Statistic::cv;
    const std::string unit = unitless ? "1" : figure.unit;
    line.unit = unit;
    const Result<double> value = in_unit(rule.value, unit);
    const Result<double> high = in_unit(rule.high, unit);
    if (!value || !high) {
        line.outcome = GateOutcome::nothing;
        line.reason = (value ? high.error() : value.error()).message;
        return;
    }
    line.limit = rule.op == Operator::within
                     ? fmt::format("within [{:.4g}, {:.4g}] {}", *value, *high, unit)
                     : fmt::format("{} {:.4g} {}", name_of(rule.op), *value, unit);
    if (figure.today.n == 0) {
        line.outcome = GateOutcome::not_applicable;
        line.reason = figure.reason.empty() ? "unavailable" : figure.reason;
        return;
    }
    line.n = figure.today.n;
    const double found = statistic_of(figure.today, rule.statistic);
    if (!std::isfinite(found)) {
        line.outcome = GateOutcome::nothing;
        line.reason = "too few samples for this statistic";
        return;
    }
    line.figure = found;
    line.outcome = holds(rule.op, found, *value, *high) ? GateOutcome::passed : GateOutcome::failed;
}

// ---- comparisons: what stands in the way of asking the pairs ----

void settle_by_standing(const GateCase& one, const GatePolicy& policy, GateLine& line) {
    const auto settle = [&line](GateOutcome outcome, std::string reason) {
        line.outcome = outcome;
        line.reason = std::move(reason);
    };
    switch (one.standing) {
    case CaseStanding::identical:
        line.figure = 0;
        line.unit = "%";
        if (line.kind == RuleKind::improvement) {
            return settle(GateOutcome::failed, "identical files: nothing is better");
        }
        return settle(GateOutcome::passed, "identical files");
    case CaseStanding::no_baseline:
        if (policy.allow_missing_baseline) {
            return settle(GateOutcome::passed, "new");
        }
        return settle(GateOutcome::nothing, "the baseline does not have this case");
    case CaseStanding::missing:
        return settle(policy.allow_missing_case ? GateOutcome::warned : GateOutcome::broken,
                      "today's build does not have this case");
    case CaseStanding::incomparable:
        return settle(policy.allow_incomparable ? GateOutcome::warned : GateOutcome::nothing,
                      "incomparable: " + one.reason);
    case CaseStanding::broken:
        return settle(GateOutcome::broken, one.reason);
    case CaseStanding::measured_only:
    case CaseStanding::compared:
        break;
    }
    settle(GateOutcome::nothing, "was not compared");
}

// The figures that a rule asks about, pair by pair.
std::optional<Question> question_about(const GateRule& rule,
                                       const GateCase& one,
                                       const GateFigure& figure,
                                       GateLine& line) {
    if (!figure.higher_is_better) {
        line.outcome = GateOutcome::not_applicable;
        line.reason = "this metric has no better and no worse";
        return std::nullopt;
    }
    Question question{
        .rule = &rule, .higher_is_better = *figure.higher_is_better, .exact = figure.exact};
    if (rule.metric == "time") {
        question.change.x = one.pairs; // slice by slice, which the launches' medians are not
    } else {
        question.change = change_of(figure.old_launches,
                                    figure.new_launches,
                                    figure.unit,
                                    question.higher_is_better,
                                    rule.scale);
    }
    if (question.change.x.empty()) {
        line.outcome = GateOutcome::not_applicable;
        line.reason = !figure.reason.empty()           ? figure.reason
                      : question.change.reason.empty() ? "no pair has a figure"
                                                       : question.change.reason;
        return std::nullopt;
    }
    return question;
}

// ---- the answers ----

std::vector<LimitState> ask(const std::vector<Question>& questions,
                            RuleKind kind,
                            const GateContext& context,
                            double GateRule::*share) {
    std::vector<LimitQuestion> family;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Question& one = questions[i];
        if (one.rule->kind != kind || one.exact) {
            continue;
        }
        const double limit = kind == RuleKind::regression
                                 ? one.change.loss(one.rule->*share, one.higher_is_better)
                                 : one.change.gain(one.rule->*share, one.higher_is_better);
        family.push_back({.x = one.change.x, .limit = limit});
        places.push_back(i);
    }
    std::vector<LimitState> states(questions.size(), LimitState::undecided);
    const std::vector<LimitState> found = test_limits(family, context.alpha, context.method);
    for (std::size_t i = 0; i < found.size(); ++i) {
        states[places[i]] = found[i];
    }
    return states;
}

// Exact figures are compared without statistics; strictly more than the limit is beyond it.
LimitState exact_state(double change, double limit) {
    return change > limit + kTolerance ? LimitState::broken : LimitState::kept;
}

void answer_regression(GateLine& line,
                       const GateRule& rule,
                       LimitState fail,
                       LimitState warn,
                       const GatePolicy& policy) {
    if (fail == LimitState::broken) {
        line.outcome = GateOutcome::failed;
        line.severity = severity_of(std::max(*line.figure / kPercent, rule.fail), rule);
    } else if (warn == LimitState::broken) {
        line.outcome = GateOutcome::warned;
        line.severity = "minor";
        line.reason = "more than " + share_text(rule.warn) + " worse";
    } else if (fail == LimitState::kept) {
        line.outcome = GateOutcome::passed;
        line.reason = warn == LimitState::kept
                          ? "shown to be less than " + share_text(rule.warn) + " worse"
                          : "shown to be less than " + share_text(rule.fail) + " worse";
    } else {
        line.outcome = policy.allow_undecided ? GateOutcome::warned : GateOutcome::undecided;
        line.reason = "the pairs do not decide it";
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
    line.outcome = policy.allow_undecided ? GateOutcome::warned : GateOutcome::undecided;
    line.reason = "the pairs do not decide it";
}

void answer(const GateFile& gates,
            const GateContext& context,
            const std::vector<Question>& questions,
            std::vector<GateLine>& lines) {
    const auto fails = ask(questions, RuleKind::regression, context, &GateRule::fail);
    const auto warns = ask(questions, RuleKind::regression, context, &GateRule::warn);
    const auto gains = ask(questions, RuleKind::improvement, context, &GateRule::improve);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Question& one = questions[i];
        GateLine& line = lines[one.line];
        const double change = one.change.typical(one.higher_is_better).value_or(0);
        line.figure = kPercent * change;
        line.unit = one.change.points ? "points" : "%";
        line.n = one.change.x.size();
        const GateRule& rule = *one.rule;
        if (rule.kind == RuleKind::improvement) {
            answer_improvement(
                line, one.exact ? exact_state(change, -rule.improve) : gains[i], gates.policy);
        } else {
            answer_regression(line,
                              rule,
                              one.exact ? exact_state(change, rule.fail) : fails[i],
                              one.exact ? exact_state(change, rule.warn) : warns[i],
                              gates.policy);
        }
        const bool claims =
            line.outcome == GateOutcome::failed || line.outcome == GateOutcome::warned;
        if (context.null_control_fired && claims && !one.exact) {
            line.outcome = GateOutcome::undecided;
            line.reason = "null control fired";
        }
    }
}

// ---- the whole ----

bool counts_as_judged(GateOutcome outcome) {
    return outcome == GateOutcome::passed || outcome == GateOutcome::warned ||
           outcome == GateOutcome::failed || outcome == GateOutcome::undecided;
}

void sum_up(const GateFile& gates, const GateContext& context, GateReport& report) {
    std::set<GateOutcome> met;
    std::set<std::string> applied;
    for (const GateLine& line : report.lines) {
        met.insert(line.outcome);
        if (line.outcome != GateOutcome::not_applicable) {
            applied.insert(line.rule);
        }
        report.judged += counts_as_judged(line.outcome) ? 1 : 0;
    }
    for (const GateRule& rule : gates.rules) {
        if (!rule.optional && !applied.contains(rule.id)) {
            report.unmatched.push_back(rule.id);
        }
    }
    if (!report.unmatched.empty() || report.judged < gates.policy.min_compared) {
        met.insert(GateOutcome::nothing);
    }
    if (context.null_control_fired ||
        (context.positive_control_missed && !met.contains(GateOutcome::failed))) {
        met.insert(GateOutcome::undecided);
    }
    for (const GateOutcome outcome : {GateOutcome::broken,
                                      GateOutcome::failed,
                                      GateOutcome::nothing,
                                      GateOutcome::undecided,
                                      GateOutcome::warned,
                                      GateOutcome::passed}) {
        if (met.contains(outcome)) {
            report.outcomes.push_back(outcome);
        }
    }
}

} // namespace

std::string_view name_of(GateOutcome outcome) noexcept {
    constexpr std::array<std::string_view, 7> kNames{
        "PASS", "WARN", "FAIL", "UNDECIDED", "N/A", "NOTHING", "BROKEN"};
    return kNames.at(static_cast<std::size_t>(outcome));
}

GateReport
judge(const GateFile& gates, const std::vector<GateCase>& cases, const GateContext& context) {
    GateReport report;
    std::vector<Question> questions;
    for (const GateCase& one : cases) {
        for (const GateRule* rule : rules_for(gates, one.subject)) {
            const GateFigure* figure = figure_of(one, rule->metric);
            const bool lost =
                one.standing == CaseStanding::broken || one.standing == CaseStanding::missing;
            if (figure == nullptr && !lost) {
                continue; // the family has no such metric
            }
            GateLine& line = report.lines.emplace_back(line_of(*rule, one));
            if (lost || (rule->kind != RuleKind::limit && one.standing != CaseStanding::compared)) {
                settle_by_standing(one, gates.policy, line);
            } else if (rule->kind == RuleKind::limit) {
                judge_limit(*rule, *figure, line);
            } else if (auto question = question_about(*rule, one, *figure, line)) {
                question->line = report.lines.size() - 1;
                questions.push_back(std::move(*question));
            }
        }
    }
    answer(gates, context, questions, report.lines);
    sum_up(gates, context, report);
    return report;
}

} // namespace assay::verdict
