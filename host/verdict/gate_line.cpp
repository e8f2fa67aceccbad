#include "verdict/gate_line.hpp"

#include "support/percent.hpp"
#include "verdict/gate_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace assay::verdict {
namespace {

// A quiet machine alone has compared nothing.
bool counts_as_judged(const GateLine& line) {
    return line.kind != RuleKind::host &&
           (line.outcome == GateOutcome::passed || line.outcome == GateOutcome::warned ||
            line.outcome == GateOutcome::failed || line.outcome == GateOutcome::undecided);
}

std::string word_of(CaseStanding standing) {
    switch (standing) {
    case CaseStanding::identical:
        return "unchanged";
    case CaseStanding::no_baseline:
        return "no_baseline";
    case CaseStanding::missing:
        return "missing";
    case CaseStanding::incomparable:
        return "incomparable";
    case CaseStanding::broken:
        return "failed";
    case CaseStanding::measured_only:
    case CaseStanding::compared:
        break;
    }
    return "";
}

} // namespace

std::string_view name_of(GateOutcome outcome) noexcept {
    constexpr std::array<std::string_view, 7> kNames{
        "PASS", "WARN", "FAIL", "UNDECIDED", "N/A", "NOTHING", "BROKEN"};
    return kNames.at(static_cast<std::size_t>(outcome));
}

std::string share_text(double share, bool points) {
    const std::string number = rounded_text(kPercent * share);
    return number + (!points ? " %" : number == "1" ? " point" : " points");
}

// Of a regression or an improvement, on the scale of its figure.
std::string limit_text(const GateRule& rule, bool points) {
    return rule.kind == RuleKind::regression
               ? "at most " + share_text(rule.limits(points).fail, points) + " worse"
               : "at least " + share_text(rule.improve, points) + " better";
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
        line.limit = limit_text(rule, rule.scale == Scale::points);
    }
    return line;
}

const GateFigure* figure_of(const GateCase& one, const std::string& metric) {
    const auto found = std::ranges::find(one.figures, metric, &GateFigure::key);
    return found == one.figures.end() ? nullptr : &*found;
}

bool is_beside_the_pattern(const GateRule& rule, const GateFigure& figure) noexcept {
    return rule.by_pattern && rule.kind != RuleKind::limit && !figure.higher_is_better;
}

bool is_lost(CaseStanding standing) noexcept {
    return standing == CaseStanding::broken || standing == CaseStanding::missing;
}

std::string word_of_pairs(const GateLine& line) {
    const bool asks_gain = line.kind == RuleKind::improvement;
    switch (line.outcome) {
    case GateOutcome::passed:
        return asks_gain ? "improved" : "unchanged";
    case GateOutcome::failed:
    case GateOutcome::warned:
        break;
    default:
        return "noisy";
    }
    if (asks_gain) {
        return line.outcome == GateOutcome::failed ? "unchanged" : "noisy";
    }
    return line.severity.empty() ? "noisy" : "regressed(" + line.severity + ")";
}

void leave_undecided(GateLine& line, const GatePolicy& policy, std::string reason) {
    line.outcome = policy.allow_undecided ? GateOutcome::warned : GateOutcome::undecided;
    line.severity.clear();
    line.reason = std::move(reason);
}

void settle_by_standing(const GateCase& one,
                        const GatePolicy& policy,
                        bool cancelled,
                        GateLine& line) {
    const auto settle = [&line](GateOutcome outcome, std::string reason) {
        line.outcome = outcome;
        line.reason = std::move(reason);
    };
    line.verdict = word_of(one.standing);
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
    if (cancelled) {
        return settle_absent(line, true, "");
    }
    settle(GateOutcome::nothing, "was not compared");
}

void judge_host(const GateFile& gates, const std::optional<double>& noise, GateReport& report) {
    for (const GateRule& rule : gates.rules) {
        if (rule.kind != RuleKind::host) {
            continue;
        }
        GateLine& line = report.lines.emplace_back();
        line.rule = rule.id;
        line.metric = rule.metric;
        line.kind = rule.kind;
        line.statistic = "noise";
        if (noise) {
            hold_against(rule, *noise, "1", line);
        } else {
            settle_absent(line, false, "how noisy this machine is was not measured");
        }
    }
}

void sum_up(const GateFile& gates, const GateContext& context, GateReport& report) {
    std::set<GateOutcome> met;
    std::set<std::string> applied;
    for (const GateLine& line : report.lines) {
        met.insert(line.outcome);
        if (line.outcome != GateOutcome::not_applicable) {
            applied.insert(line.rule);
        }
        report.judged += counts_as_judged(line) ? 1 : 0;
    }
    for (const GateRule& rule : gates.rules) {
        // A pattern's rules share an id, and are unmatched once.
        if (!rule.optional && applied.insert(rule.id).second) {
            report.unmatched.push_back(rule.id);
            if (const GateRule* const other = replacement_of(gates, rule)) {
                report.replaced.emplace(rule.id, other->id);
            }
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

} // namespace assay::verdict
