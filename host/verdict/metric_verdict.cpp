#include "verdict/metric_verdict.hpp"

#include "verdict/limit_test.hpp"
#include "verdict/metric_change.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::verdict {
namespace {

// A question that statistics answer, and where its answer belongs.
struct Asked {
    std::size_t index = 0, metric = 0; // cases[index][metric]
    std::vector<double> worse = {};    // x, positive is worse
    std::vector<double> better = {};   // -x
    double loss = 0, gain = 0;         // the margin on the scale of each
};

// Asks for no ratio, so it can tell 0 from 3 as well.
MetricVerdict exact_verdict(const MetricPairs& metric) {
    const double rise =
        metric.new_figures.reported().front() - metric.old_figures.reported().front();
    if (rise == 0) {
        return MetricVerdict::same;
    }
    return (rise > 0) == metric.higher_is_better ? MetricVerdict::better : MetricVerdict::worse;
}

// Which builds' launches differ in a figure that is said to be exact; empty = none do.
std::string broken_promise(const MetricPairs& metric) {
    if (!metric.exact || (metric.old_figures.agree() && metric.new_figures.agree())) {
        return {};
    }
    return metric.old_figures.agree()   ? "nondeterministic: launches of the new build differ"
           : metric.new_figures.agree() ? "nondeterministic: launches of the old build differ"
                                        : "nondeterministic: launches of both builds differ";
}

// No claim of a run counts whose null control fired, be it about exact figures.
void withdraw_claim(const MetricRules& rules, MetricFinding& finding) {
    const bool claims =
        finding.verdict == MetricVerdict::worse || finding.verdict == MetricVerdict::better;
    if (rules.null_control_fired && claims) {
        finding.verdict = MetricVerdict::undecided;
        finding.reason = "null control fired";
    }
}

std::vector<double> negated(std::vector<double> values) {
    std::ranges::transform(values, values.begin(), [](double one) { return -one; });
    return values;
}

std::vector<LimitState> ask(const std::vector<Asked>& family,
                            std::size_t m,
                            std::vector<double> Asked::*x,
                            double Asked::*limit,
                            const MetricRules& rules) {
    std::vector<LimitQuestion> questions;
    for (const Asked& one : family) {
        questions.push_back({.x = one.*x, .limit = one.*limit});
    }
    return test_limits(questions, m, rules.alpha, rules.method);
}

MetricVerdict verdict_of(LimitState worse, LimitState better) {
    if (worse == LimitState::broken) {
        return MetricVerdict::worse;
    }
    if (better == LimitState::broken) {
        return MetricVerdict::better;
    }
    return worse == LimitState::kept && better == LimitState::kept ? MetricVerdict::same
                                                                   : MetricVerdict::undecided;
}

void withdraw_lone_gains(const std::vector<MetricPairs>& metrics,
                         std::vector<MetricFinding>& findings) {
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        if (findings[i].verdict != MetricVerdict::better || metrics[i].companion.empty()) {
            continue;
        }
        const auto companion =
            std::ranges::find(metrics, metrics[i].companion, &MetricPairs::key) - metrics.begin();
        const auto at = static_cast<std::size_t>(companion);
        if (at < metrics.size() && findings[at].verdict == MetricVerdict::worse) {
            findings[i].verdict = MetricVerdict::undecided;
            findings[i].reason = "better, but its companion " + metrics[at].key + " got worse";
        }
    }
}

// What needs no statistics is answered here, the rest becomes a question of the family.
MetricFinding open_finding(const MetricPairs& metric,
                           const MetricRules& rules,
                           Asked asked,
                           std::vector<Asked>& family) {
    const MetricChange change = change_of(metric.old_figures,
                                          metric.new_figures,
                                          metric.unit,
                                          metric.higher_is_better,
                                          Scale::automatic);
    MetricFinding finding{.change = change.typical(metric.higher_is_better),
                          .points = change.points,
                          .pairs = pairs_told(metric.old_figures, metric.new_figures),
                          .pairs_asked =
                              std::max(metric.old_figures.size(), metric.new_figures.size())};
    if (is_exact(metric) && finding.pairs > 0) {
        if (!metric.only_verified && finding.pairs < exact_launches_min(metric.key)) {
            finding.reason = too_few_exact_launches(finding.pairs, metric.key);
            return finding;
        }
        finding.verdict = exact_verdict(metric);
        withdraw_claim(rules, finding);
        return finding;
    }
    finding.reason = broken_promise(metric);
    if (change.x.empty()) {
        finding.verdict = MetricVerdict::unavailable;
        finding.reason = metric.reason.empty() ? change.reason : metric.reason;
    }
    // One without figures is asked all the same: how many questions there are was fixed before.
    asked.worse = change.x;
    asked.better = negated(change.x);
    asked.loss = change.loss(rules.margin, metric.higher_is_better);
    asked.gain = -change.gain(rules.margin, metric.higher_is_better);
    family.push_back(std::move(asked));
    return finding;
}

void close_finding(LimitState worse,
                   LimitState better,
                   const MetricRules& rules,
                   MetricFinding& finding) {
    if (finding.verdict == MetricVerdict::unavailable) {
        return;
    }
    finding.verdict = verdict_of(worse, better);
    withdraw_claim(rules, finding);
}

} // namespace

bool is_exact(const MetricPairs& metric) noexcept {
    return metric.exact && metric.old_figures.has_any() && metric.new_figures.has_any() &&
           metric.old_figures.agree() && metric.new_figures.agree();
}

std::string_view name_of(MetricVerdict verdict) noexcept {
    constexpr std::array<std::string_view, 5> kNames{
        "worse", "better", "same", "undecided", "unavailable"};
    return kNames.at(static_cast<std::size_t>(verdict));
}

std::vector<std::vector<MetricFinding>>
judge_metrics(std::span<const std::vector<MetricPairs>> cases, const MetricRules& rules) {
    std::vector<std::vector<MetricFinding>> findings(cases.size());
    std::vector<Asked> family;
    std::size_t metrics = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        metrics += cases[i].size();
        for (std::size_t k = 0; k < cases[i].size(); ++k) {
            findings[i].push_back(
                open_finding(cases[i][k], rules, {.index = i, .metric = k}, family));
        }
    }
    const std::size_t m = std::max(metrics, rules.questions);
    const std::vector<LimitState> worse = ask(family, m, &Asked::worse, &Asked::loss, rules);
    const std::vector<LimitState> better = ask(family, m, &Asked::better, &Asked::gain, rules);
    for (std::size_t i = 0; i < family.size(); ++i) {
        close_finding(worse[i], better[i], rules, findings[family[i].index][family[i].metric]);
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
        withdraw_lone_gains(cases[i], findings[i]);
    }
    return findings;
}

} // namespace assay::verdict
