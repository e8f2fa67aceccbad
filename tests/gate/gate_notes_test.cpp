#include "app/gate/gate_notes.hpp"
#include "scripted_comparison.hpp"
#include "verdict/gate_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace scripted;

namespace {

constexpr std::uint32_t kGated = ASSAY_METRIC_GATE;

// Two builds that differ, compared without a process; what there is to note about them.
struct Gate {
    TwoBuilds builds{2};
    verdict::GateFile gates = verdict::default_gates();
    app::ComparisonOutcome outcome;
    verdict::GateReport report;
    bool cancelled = false;

    Gate() {
        builds.old_side.suites.front().content = "old";
        builds.new_side.suites.front().content = "new";
        for (const app::MatchedCase& one : builds.matched()) {
            outcome.cases.emplace_back().matched = one;
        }
        outcome.budget_s = 5;
    }

    verdict::GateLine& undecided_line(const std::string& metric) {
        verdict::GateLine& line = report.lines.emplace_back();
        line.case_id = outcome.cases.front().matched.id;
        line.metric = metric;
        line.outcome = verdict::GateOutcome::undecided;
        line.wants_pairs = true;
        return line;
    }

    // Of the first case, which its suite gates.
    void worse_hit_rate(double change) {
        app::ComparedCase& compared = outcome.cases.front();
        report::MetricResult& result = compared.new_metrics.emplace_back();
        result.key = "hit_rate";
        result.flags = kGated;
        app::ComparedMetric& metric = compared.metrics.emplace_back();
        metric.pairs.key = "hit_rate";
        metric.finding.verdict = verdict::MetricVerdict::worse;
        metric.finding.change = change;
        metric.finding.points = true;
    }

    // One line per note.
    [[nodiscard]] std::string notes() const {
        const auto matched = builds.matched();
        const app::GatePlan plan = app::gate_plan(gates, matched);
        std::string text;
        for (const app::RunWarning& note : app::gate_notes({.gates = gates,
                                           .matched = matched,
                                           .plan = plan,
                                           .outcome = outcome,
                                           .report = report,
                                           .baseline = "@main",
                                           .cancelled = cancelled})) {
            text += note.text + "; " + note.next + "\n";
        }
        return text;
    }

    [[nodiscard]] bool notes(std::string_view what) const {
        return notes().find(what) != std::string::npos;
    }
};

} // namespace

TEST_CASE("a null control that fired says in which case, by how much and what to do") {
    Gate gate;
    gate.outcome.null_control = verdict::NullControl::fired;
    gate.outcome.null_findings.resize(2);
    gate.outcome.null_records = {{.case_id = "s/quiet", .pairs = {}},
                                 {.case_id = "s/loud", .pairs = {}}};
    gate.outcome.null_findings[0].ratio = 1.001;
    gate.outcome.null_findings[1].ratio = 0.96;
    gate.outcome.null_findings[1].evidence.log_e_faster = 9;
    CHECK(gate.notes("in s/loud the old build differed from its own copy by 4 %"));
    CHECK(gate.notes("repeat it on a quieter machine"));
    CHECK(app::fired_control(gate.outcome)->change == doctest::Approx(-0.04));
    gate.outcome.null_control = verdict::NullControl::quiet;
    CHECK(gate.notes().empty());
    CHECK_FALSE(app::fired_control(gate.outcome));
}

TEST_CASE("on a machine where a build differs from its own copy no change fails a gate") {
    Gate gate;
    const app::GatePlan plan = app::gate_plan(gate.gates, gate.builds.matched());
    app::ComparisonOptions options = comparison_options();
    options.watched = plan.watched;
    // Whatever is second takes half as long again, the old build's own copy included.
    ScriptedPairs pairs([](const app::PairWish& wish) {
        app::PairAnswer answer;
        answer.seconds = 0.05;
        answer.old_side = timed(wish.old_request, [](std::uint32_t i) { return 1'000'000u + i; });
        answer.new_side = timed(wish.new_request, [](std::uint32_t i) { return 1'500'000u + i; });
        return answer;
    });
    gate.outcome = compare(gate.builds, pairs, options);
    REQUIRE(gate.outcome.null_control == verdict::NullControl::fired);
    gate.report = verdict::judge(gate.gates,
                                 app::gate_cases(gate.builds.matched(), gate.outcome, {}),
                                 {.null_control_fired = true});
    REQUIRE(gate.report.lines.size() == 2);
    for (const verdict::GateLine& line : gate.report.lines) {
        CHECK(line.outcome == verdict::GateOutcome::undecided);
        CHECK(line.reason == "null control fired");
    }
    CHECK(gate.notes("the old build differed from its own copy by 50 %"));
    CHECK_FALSE(gate.notes("--budget"));
}

TEST_CASE("a missed positive control is told to who might rely on what passed") {
    Gate gate;
    gate.outcome.positive_control = verdict::PositiveControl::missed;
    gate.report.lines.emplace_back().outcome = verdict::GateOutcome::failed;
    CHECK(gate.notes().empty());
    gate.report.lines.emplace_back().outcome = verdict::GateOutcome::passed;
    CHECK(gate.notes("the positive control was missed"));
}

TEST_CASE("a longer budget is advised only where pairs are what is missing") {
    Gate gate;
    gate.report.outcomes = {verdict::GateOutcome::undecided};
    CHECK(gate.notes().empty());
    verdict::GateLine& line = gate.undecided_line("time");
    CHECK(gate.notes("the budget of 5 s did not answer every rule; give a longer --budget"));
    line.wants_pairs = false; // drifting
    CHECK(gate.notes().empty());
}

TEST_CASE("where time was answered and another metric was not, the budget it would take is named") {
    Gate gate;
    gate.undecided_line("hit_rate");
    gate.outcome.seconds = 5;
    for (app::ComparedCase& compared : gate.outcome.cases) {
        compared.finding.verdict = verdict::Verdict::same;
        compared.finding.pairs = 10;
    }
    CHECK(gate.notes("give a longer --budget"));
    gate.outcome.cases.front().finding.wants_pairs = true;
    gate.outcome.cases.front().finding.seconds_needed = 3;
    CHECK(gate.notes("did not answer every rule; --budget 12s would probably do")); // 1.5 (5 + 3)
}

TEST_CASE("a cancelled gate advises nothing") {
    Gate gate;
    gate.undecided_line("time");
    gate.outcome.positive_control = verdict::PositiveControl::missed;
    gate.cancelled = true;
    CHECK(gate.notes().empty());
}

TEST_CASE("a gated metric that got worse and that no rule asks about is told") {
    Gate gate;
    gate.worse_hit_rate(0.122);
    CHECK(gate.notes("hit_rate, which its suite gates, is 12.2 points worse in s/f[n=0]: no rule "
                     "asks about it"));
    gate.gates.rules.emplace_back().metric = "hit_rate";
    CHECK(gate.notes().empty());
}

TEST_CASE("builds without optimisation are named with their side") {
    Gate gate;
    gate.builds.old_side.suites.front().unoptimised = true;
    CHECK(gate.notes("built without optimisation: org.example.s (@main); rebuild with -O2"));
    gate.builds.new_side.suites.front().unoptimised = true;
    CHECK(gate.notes("org.example.s (@main), org.example.s (today's build)"));
    gate.builds.old_side.suites.front().content = "new"; // nothing is measured
    CHECK(gate.notes().empty());
}
