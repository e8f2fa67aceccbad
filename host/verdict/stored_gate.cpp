#include "verdict/stored_gate.hpp"

#include "support/percent.hpp"
#include "verdict/gate_limit.hpp"
#include "verdict/gate_line.hpp"
#include "verdict/tolerance.hpp"
#include "verdict/unmatched_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace assay::verdict {
namespace {

// What all lines of one report go by.
struct Judging {
    const GateFile& gates;
    SeriesTest test;
    EnvironmentShift shift;
    std::string distrust;        // why this host's figures decide nothing; empty: they may
    bool runner_decides = false; // else what would fail is undecided
};

measure::Direction direction_of(const GateFigure& figure) {
    return !figure.higher_is_better   ? measure::Direction::none
           : *figure.higher_is_better ? measure::Direction::higher
                                      : measure::Direction::lower;
}

AskedSeries asked_of(const GateCase& one, const GateFigure& figure) {
    AskedSeries asked{
        .in_run = figure.today.n > 0 && one.standing != CaseStanding::missing,
        .reason = one.standing == CaseStanding::measured_only ? figure.reason : one.reason,
        .kind = {.unit = figure.unit, .direction = direction_of(figure)},
        .known = figure.stored.value_or(
            KnownSeries{.baseline = {.baseline = std::nullopt, .reason = "no history was asked"}})};
    if (one.standing == CaseStanding::broken) {
        asked.status = measure::CaseStatus::failed;
        asked.in_run = true;
    }
    if (one.standing == CaseStanding::incomparable) {
        asked.known.incomparable = one.reason.empty() ? "it is another case" : one.reason;
    }
    if (asked.in_run) {
        asked.figures = {figure.today.median};
    }
    // Launches that disagree about a figure that is said to be exact make it one that varies.
    const auto& launches = figure.today.launch_medians;
    asked.kind.exact = figure.exact && std::ranges::adjacent_find(
                                           launches, std::ranges::not_equal_to{}) == launches.end();
    return asked;
}

SeverityLimits limits_of(const GateRule& rule, ChangeScale scale) {
    return rule.kind == RuleKind::improvement
               ? SeverityLimits{.warn = rule.improve, .fail = rule.improve, .severe = rule.improve}
               : rule.limits(scale == ChangeScale::points);
}

LatticeOptions options_for(const GateRule& rule, const Judging& judging) {
    LatticeOptions options{.test = judging.test,
                           .limits = limits_of(rule, ChangeScale::relative),
                           .points = limits_of(rule, ChangeScale::points),
                           .shift = judging.shift};
    if (rule.scale != Scale::automatic) {
        options.test.scale =
            rule.scale == Scale::points ? ChangeScale::points : ChangeScale::relative;
    }
    return options;
}

std::string quantity(double share, ChangeScale scale) {
    constexpr int kDigits = 3;
    return rounded_text(kPercent * share, kDigits) +
           (scale == ChangeScale::points ? " points" : " %");
}

// What the line rests on: of every verdict the change, its interval, what would have been seen, how
// much the series moves, the runs and the baseline.
void tell_evidence(GateLine& line, const GateRule& rule, const StoredVerdict& verdict) {
    line.evidence = verdict.provenance;
    line.verdict = text_of(verdict);
    line.statistic = "median of the run";
    line.baseline = verdict.baseline;
    line.reason = verdict.reason;
    if (!verdict.finding) {
        return;
    }
    const StoredFinding& found = *verdict.finding;
    const auto shown = [](const std::optional<double>& share) {
        return share ? std::optional(kPercent * *share) : std::nullopt;
    };
    line.unit = found.scale == ChangeScale::points ? "points" : "%";
    line.limit = limit_text(rule, found.scale == ChangeScale::points);
    line.figure = shown(found.change);
    line.mde = shown(found.mde);
    line.fence = shown(found.fence);
    if (found.interval) {
        line.interval = statistics::Interval{.low = kPercent * found.interval->low,
                                             .high = kPercent * found.interval->high};
    }
    line.n = found.runs;
    line.reason += (line.reason.empty() ? "" : "; ") + verdict.provenance + ": " + verdict.baseline;
    if (found.mde && !found.exact) {
        line.reason += ", changes of " + quantity(*found.mde, found.scale) + " are seen";
    }
}

// What would fail, said by figures that may not fail anything alone.
void leave_to_comparison(GateLine& line, const GatePolicy& policy, const Judging& judging) {
    leave_undecided(line,
                    policy,
                    line.reason + (judging.runner_decides
                                       ? "; stored figures alone fail a rule only where it says "
                                         "\"evidence\": \"history\"; `assay gate` measures both "
                                         "builds side by side"
                                       : "; a noisy shared runner fails no rule by itself"));
}

// Whether this line's rule may be failed by it.
bool decides(const GateRule& rule, const StoredVerdict& verdict, const Judging& judging) {
    return (verdict.finding && verdict.finding->exact) ||
           (rule.evidence == Evidence::history && judging.runner_decides);
}

void fail_or_leave(GateLine& line,
                   const GateRule& rule,
                   const StoredVerdict& verdict,
                   const Judging& judging) {
    line.outcome = GateOutcome::failed;
    if (!decides(rule, verdict, judging)) {
        leave_to_comparison(line, judging.gates.policy, judging);
    }
}

void answer_regressed(GateLine& line,
                      const GateRule& rule,
                      const StoredVerdict& verdict,
                      const Judging& judging) {
    const double change = *verdict.finding->change;
    const SeverityLimits limits = limits_of(rule, verdict.finding->scale);
    line.severity = name_of(verdict.severity->size);
    if (rule.kind == RuleKind::improvement || is_beyond(change, limits.fail)) {
        fail_or_leave(line, rule, verdict, judging);
    } else {
        line.outcome = is_beyond(change, limits.warn) ? GateOutcome::warned : GateOutcome::passed;
    }
}

// An improvement that was asked for and is at least as large, or is not there.
void answer_improvement(GateLine& line,
                        const GateRule& rule,
                        const StoredVerdict& verdict,
                        const Judging& judging) {
    const bool enough = verdict.word == StoredWord::improved &&
                        -*verdict.finding->change >= rule.improve - kTolerance;
    fail_or_leave(line, rule, verdict, judging);
    if (enough && line.outcome == GateOutcome::failed) {
        line.outcome = GateOutcome::passed;
    }
}

// A policy may pass over what did not get worse for certain; it shows no improvement.
void apply(Leniency leniency, GateLine& line, const GatePolicy& policy) {
    const bool shows_nothing = line.kind == RuleKind::improvement && leniency != Leniency::fail;
    switch (shows_nothing ? Leniency::undecided : leniency) {
    case Leniency::fail:
        line.outcome = GateOutcome::failed;
        return;
    case Leniency::undecided:
        leave_undecided(line, policy, line.reason);
        return;
    case Leniency::warn:
        line.outcome = GateOutcome::warned;
        return;
    case Leniency::allow:
        line.outcome = GateOutcome::passed;
        return;
    }
}

void answer_word(GateLine& line,
                 const GateRule& rule,
                 const StoredVerdict& verdict,
                 const Judging& judging) {
    const GatePolicy& policy = judging.gates.policy;
    switch (verdict.word) {
    case StoredWord::failed:
        line.outcome = GateOutcome::broken;
        return;
    case StoredWord::missing:
        line.outcome = policy.allow_missing_case ? GateOutcome::warned : GateOutcome::broken;
        return;
    case StoredWord::incomparable:
        line.outcome = policy.allow_incomparable ? GateOutcome::warned : GateOutcome::nothing;
        return;
    case StoredWord::no_baseline:
        line.outcome = policy.allow_missing_baseline ? GateOutcome::passed : GateOutcome::nothing;
        line.reason = policy.allow_missing_baseline ? "new: " + line.reason : line.reason;
        return;
    case StoredWord::environment_shift:
        return apply(policy.environment_shift, line, policy);
    case StoredWord::drift:
        return apply(policy.drift, line, policy);
    case StoredWord::stale_baseline:
    case StoredWord::noisy:
        return leave_undecided(line, policy, line.reason);
    case StoredWord::regressed:
        return answer_regressed(line, rule, verdict, judging);
    case StoredWord::improved:
    case StoredWord::unchanged:
        break;
    }
    if (rule.kind == RuleKind::improvement) {
        return answer_improvement(line, rule, verdict, judging);
    }
    line.outcome = GateOutcome::passed;
}

void answer_change(GateLine& line,
                   const GateRule& rule,
                   const GateCase& one,
                   const GateFigure& figure,
                   const Judging& judging) {
    const StoredVerdict verdict = verdict_on(one, figure, options_for(rule, judging));
    tell_evidence(line, rule, verdict);
    answer_word(line, rule, verdict, judging);
    const bool exact = verdict.finding && verdict.finding->exact;
    const bool claims =
        line.figure && (line.outcome == GateOutcome::passed ||
                        line.outcome == GateOutcome::warned || line.outcome == GateOutcome::failed);
    if (claims && !exact && !judging.distrust.empty()) {
        leave_undecided(line, judging.gates.policy, judging.distrust + "; " + line.reason);
    }
}

// Nothing was observed, and nobody expected it: what a baseline has is missing, unless the run
// ended before it.
bool is_absent(const GateFigure& figure, bool cancelled) {
    const bool expected = figure.stored && figure.stored->baseline.baseline;
    return figure.today.n == 0 && (!expected || (cancelled && figure.reason.empty()));
}

void judge_line(GateLine& line,
                const GateRule& rule,
                const GateCase& one,
                const GateFigure* figure,
                const Judging& judging,
                bool cancelled) {
    if (is_lost(one.standing)) {
        settle_by_standing(one, judging.gates.policy, cancelled, line);
        line.reason = one.reason.empty() ? line.reason : one.reason;
    } else if (figure->lost) {
        line.outcome =
            judging.gates.policy.allow_missing_case ? GateOutcome::warned : GateOutcome::broken;
        line.reason = figure->reason;
    } else if (rule.kind == RuleKind::limit) {
        judge_limit(rule, one, *figure, cancelled, line);
    } else if (!figure->higher_is_better) {
        settle_absent(line, false, "this metric has no better and no worse");
    } else if (is_absent(*figure, cancelled)) {
        const bool unknown = figure->reason.empty();
        settle_absent(line, cancelled && unknown, unknown ? "unavailable" : figure->reason);
    } else {
        answer_change(line, rule, one, *figure, judging);
    }
}

// The family has no such metric; of a case without figures that is not known.
bool is_of_another_metric(const GateCase& one, const GateRule& rule, const GateFigure* figure) {
    return figure == nullptr ? !is_lost(one.standing) || !one.figures.empty()
                             : !is_lost(one.standing) && is_beside_the_pattern(rule, *figure);
}

std::string distrust_of(const GatePolicy& policy, const std::optional<double>& noise) {
    if (!policy.min_host_score) {
        return {};
    }
    if (!noise) {
        return "the policy wants a quiet host, and how noisy this one is was not measured";
    }
    const double score = host_score(*noise);
    return score >= *policy.min_host_score - kTolerance
               ? std::string()
               : fmt::format("this host's score is {:.3g}, the policy wants {:.3g}",
                             score,
                             *policy.min_host_score);
}

bool runner_decides(const GatePolicy& policy, const StoredContext& context) {
    const bool quiet =
        context.host_noise && host_score(*context.host_noise) >=
                                  policy.min_host_score.value_or(kSharedRunnerScore) - kTolerance;
    return !context.is_ci || quiet || policy.shared_runner_decides;
}

} // namespace

double host_score(double noise) noexcept {
    return std::clamp(1 - noise, 0.0, 1.0);
}

StoredVerdict
verdict_on(const GateCase& one, const GateFigure& figure, const LatticeOptions& options) {
    return verdict_on(asked_of(one, figure), options);
}

EnvironmentShift shift_of(const std::vector<GateCase>& cases,
                          const Calibration& calibration,
                          const SeriesTest& test) {
    std::vector<MovingSeries> series;
    for (const GateCase& one : cases) {
        for (const GateFigure& figure : one.figures) {
            const std::string family = one.subject.suite + "/" + one.subject.family;
            if (auto found = moving(asked_of(one, figure), family, test)) {
                found->witness = one.subject.id;
                series.push_back(std::move(*found));
            }
        }
    }
    return find_shift(series, calibration);
}

GateReport judge_stored(const GateFile& written,
                        const std::vector<GateCase>& cases,
                        const StoredContext& context) {
    const GateFile gates = with_metrics_of(written, cases);
    const SeriesTest test{.alpha = gates.alpha.value_or(SeriesTest{}.alpha),
                          .floor = gates.floor,
                          .floor_points = gates.floor * kFloorPoints / kFloor};
    const Judging judging{.gates = gates,
                          .test = test,
                          .shift = shift_of(cases, context.calibration, test),
                          .distrust = distrust_of(gates.policy, context.host_noise),
                          .runner_decides = runner_decides(gates.policy, context)};
    GateReport report;
    for (const GateCase& one : cases) {
        for (const GateRule* rule : rules_for(gates, one.subject)) {
            const GateFigure* figure = figure_of(one, rule->metric);
            if (is_of_another_metric(one, *rule, figure)) {
                continue;
            }
            GateLine& line = report.lines.emplace_back(line_of(*rule, one));
            line.clock = figure != nullptr ? figure->clock : measure::Clock::automatic;
            judge_line(line, *rule, one, figure, judging, context.cancelled);
        }
    }
    judge_alerts(gates, context.alerts, judging.runner_decides, report);
    judge_host(gates, context.host_noise, report);
    sum_up(gates, {.cancelled = context.cancelled}, report);
    explain_unmatched(gates, cases, report);
    return report;
}

} // namespace assay::verdict
