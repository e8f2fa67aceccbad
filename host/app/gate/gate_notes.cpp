#include "app/gate/gate_notes.hpp"

#include "app/comparison/comparison_document.hpp"
#include "app/value_text.hpp"
#include "support/percent.hpp"
#include "support/text.hpp"

#include <assay/abi/suite.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace assay::app {
namespace {

using verdict::GateLine;
using verdict::GateOutcome;

void add_controls(const GateFacts& facts, std::vector<RunWarning>& notes) {
    if (const auto fired = fired_control(facts.outcome)) {
        notes.push_back(
            {fmt::format("the null control fired: in {} the old build differed from its own copy "
                         "by {:.2g} %, so no regression of this run counts",
                         fired->case_id,
                         kPercent * std::abs(fired->change)),
             "repeat it on a quieter machine"});
    }
    // Whatever failed was seen: then it matters to those that passed alone.
    const auto has = [&facts](GateOutcome outcome) {
        return std::ranges::count(facts.report.lines, outcome, &GateLine::outcome) > 0;
    };
    const bool matters = has(GateOutcome::passed) || !has(GateOutcome::failed);
    if (facts.outcome.positive_control == verdict::PositiveControl::missed && matters &&
        !facts.cancelled) {
        notes.push_back({"the positive control was missed: what passed might have been overlooked",
                         "give a longer --budget"});
    }
}

// Of the builds that were measured: what the compiler left undone is what such figures show.
void add_debug_builds(const GateFacts& facts, std::vector<RunWarning>& notes) {
    std::set<std::string> builds;
    const auto see = [&builds](const SessionSuite* suite, const std::string& side) {
        if (suite != nullptr && suite->unoptimised) {
            builds.insert(suite->plugin_id + " (" + side + ")");
        }
    };
    for (const MatchedCase& one : facts.plan.compared) {
        see(one.old_suite, facts.baseline);
        see(one.new_suite, "today's build");
    }
    for (const MatchedCase& one : facts.matched) {
        if (std::ranges::count(facts.plan.case_ids, one.id) > 0) {
            see(one.new_suite, "today's build");
        }
    }
    if (!builds.empty()) {
        const std::vector<std::string> names(builds.begin(), builds.end());
        notes.push_back({"built without optimisation: " + join(names, ", "),
                         "rebuild with -O2 (CMAKE_BUILD_TYPE=Release)"});
    }
}

// Whether somebody said what is to become of it.
bool has_rule(const GateFacts& facts, const ComparedCase& compared, const std::string& metric) {
    return std::ranges::any_of(
        verdict::rules_for(facts.gates, subject_of(compared.matched)),
        [&](const verdict::GateRule* rule) { return rule->metric == metric; });
}

bool is_gated(const ComparedCase& compared, const std::string& metric) {
    return std::ranges::any_of(compared.new_metrics, [&](const report::MetricResult& one) {
        return one.key == metric && (one.flags & ASSAY_METRIC_GATE) != 0;
    });
}

// A metric that its suite gates, that got worse, and that the project's rules leave out.
void add_unasked(const GateFacts& facts, std::vector<RunWarning>& notes) {
    if (facts.outcome.null_control == verdict::NullControl::fired) {
        return;
    }
    for (const ComparedCase& compared : facts.outcome.cases) {
        for (const ComparedMetric& metric : compared.metrics) {
            const std::string& key = metric.pairs.key;
            if (metric.finding.verdict != verdict::MetricVerdict::worse ||
                !is_gated(compared, key) || has_rule(facts, compared, key)) {
                continue;
            }
            const std::string by = metric.finding.change && std::isfinite(*metric.finding.change)
                                       ? fmt::format("{:.1f} {} ",
                                                     kPercent * *metric.finding.change,
                                                     metric.finding.points ? "points" : "%")
                                       : std::string();
            notes.push_back({fmt::format("{}, which its suite gates, is {}worse in {}: no rule "
                                         "asks about it",
                                         key,
                                         by,
                                         compared.matched.id),
                             ""});
        }
    }
}

// What would decide lines that lack pairs.
void add_missing_pairs(const GateFacts& facts, std::vector<RunWarning>& notes) {
    if (std::ranges::none_of(facts.report.lines, &GateLine::wants_pairs)) {
        return;
    }
    const auto budget = budget_that_would_do(facts.outcome);
    notes.push_back(
        {fmt::format("the budget of {:.3g} s did not answer every rule", facts.outcome.budget_s),
         budget ? fmt::format("--budget {:.0f}s would probably do", *budget)
                : std::string("give a longer --budget")});
}

} // namespace

std::optional<FiredControl> fired_control(const ComparisonOutcome& outcome) {
    if (outcome.null_control != verdict::NullControl::fired || outcome.null_findings.empty()) {
        return std::nullopt;
    }
    const auto strongest =
        std::ranges::max_element(outcome.null_findings, {}, [](const verdict::Finding& finding) {
            return std::max(finding.evidence.log_e_slower, finding.evidence.log_e_faster);
        });
    const auto at = static_cast<std::size_t>(strongest - outcome.null_findings.begin());
    return FiredControl{.case_id = outcome.null_records.at(at).case_id,
                        .change = strongest->ratio.value_or(1) - 1};
}

std::vector<RunWarning> gate_notes(const GateFacts& facts) {
    std::vector<RunWarning> notes;
    add_controls(facts, notes);
    add_debug_builds(facts, notes);
    add_unasked(facts, notes);
    if (!facts.cancelled) {
        add_missing_pairs(facts, notes);
        return notes;
    }
    for (RunWarning& note : notes) {
        note.next.clear();
    }
    return notes;
}

} // namespace assay::app
