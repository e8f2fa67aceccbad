#include "app/gate/gate_cases.hpp"
#include "scripted_comparison.hpp"
#include "verdict/gate_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <tuple>
#include <utility>

using namespace scripted;
using verdict::CaseStanding;

namespace {

verdict::GateFile gates_of(const std::string& rules) {
    auto gates =
        verdict::parse_gate_file(R"({"schema":"assay.gates/1","rules":[)" + rules + "]}", "g");
    REQUIRE(gates);
    return *gates;
}

// Two builds whose plugins are other files.
TwoBuilds changed_builds(std::size_t cases) {
    TwoBuilds builds(cases);
    builds.old_side.suites.front().content = "old";
    builds.new_side.suites.front().content = "new";
    return builds;
}

const char* const kTime = R"({"id":"time","kind":"regression"})";
const char* const kMemory = R"({"id":"memory","kind":"regression","metric":"peak_rss"})";

// As a comparison would leave it after six pairs, whose new builds took `factor` times the memory.
void give_pairs(app::ComparedCase& compared, double factor) {
    compared.pairs.resize(6);
    for (const auto& [metrics, bytes] :
         {std::pair{&compared.old_metrics, 1e6}, std::pair{&compared.new_metrics, factor * 1e6}}) {
        report::MetricResult& memory = metrics->emplace_back();
        memory.key = "peak_rss";
        memory.unit = "By";
        memory.direction = measure::Direction::lower;
        memory.summary = statistics::summarise(std::vector<std::vector<double>>(6, {bytes}));
        memory.launch_figures.assign(6, bytes);
    }
}

} // namespace

TEST_CASE("identical builds are not measured for a regression") {
    const TwoBuilds builds(3); // both sides have the same content
    const app::GatePlan plan = app::gate_plan(verdict::default_gates(), builds.matched());
    CHECK(plan.compared.empty());
    CHECK(plan.watched.empty());
    CHECK(plan.case_ids.empty());
    for (const verdict::GateCase& one : app::gate_cases(builds.matched(), {}, {})) {
        CHECK(one.standing == CaseStanding::identical);
    }
}

TEST_CASE("another configuration makes the same file another build") {
    TwoBuilds builds(1);
    builds.new_side.suites.front().config_json = R"({"size":2})";
    CHECK_FALSE(app::are_identical(builds.matched().front()));
}

TEST_CASE("only the cases that a rule is about are measured, each for what it asks") {
    const TwoBuilds builds = changed_builds(3);
    const auto matched = builds.matched();
    const app::GatePlan plan = app::gate_plan(
        gates_of(R"({"id":"a","kind":"regression","match":{"params":{"n":1}},"fail":"30%"},
                    {"id":"b","kind":"limit","match":{"params":{"n":"2"}},"op":"<","value":1})"),
        matched);
    REQUIRE(plan.compared.size() == 1);
    CHECK(app::subject_of(plan.compared.front()).params ==
          std::vector<std::pair<std::string, std::string>>{{"n", "1"}});
    REQUIRE(plan.watched.size() == 2); // what fails and what warns
    CHECK(plan.watched[0].question.share == doctest::Approx(0.30));
    CHECK(plan.watched[1].question.share == doctest::Approx(0.10));
    CHECK(plan.watched[0].question.family != plan.watched[1].question.family);
    REQUIRE(plan.case_ids.size() == 1);
    CHECK(plan.case_ids.front() != plan.compared.front().id);
}

TEST_CASE("counts and allocations are measured where a rule names them, for whom it asks") {
    const TwoBuilds builds = changed_builds(1);
    const auto matched = builds.matched();
    const auto plan_for = [&](const std::string& rule) {
        return app::gate_plan(gates_of(R"({"id":"r",)" + rule + "}"), matched);
    };
    const app::GatePlan neither = plan_for(R"("kind":"limit","op":"<","value":"1 s")");
    CHECK_FALSE((neither.counts_pairs || neither.counts_today || neither.memory_today));
    const app::GatePlan pairs = plan_for(R"("kind":"regression","metric":"instructions")");
    CHECK((pairs.counts_pairs && !pairs.counts_today));
    const app::GatePlan today =
        plan_for(R"("kind":"limit","metric":"instructions","op":"<","value":1)");
    CHECK((today.counts_today && !today.counts_pairs && !today.memory_today));
    for (const char* key :
         {"allocations", "allocated_bytes", "peak_live_bytes", "memory_peak_rss"}) {
        const app::GatePlan memory =
            plan_for(R"("kind":"limit","op":"<","value":1,"metric":")" + std::string(key) + "\"");
        CHECK((memory.memory_today && !memory.counts_today));
    }
}

TEST_CASE("a comparison that a gate asked for is judged by its pairs") {
    const TwoBuilds builds = changed_builds(2);
    const verdict::GateFile gates = gates_of(kTime);
    const app::GatePlan plan = app::gate_plan(gates, builds.matched());
    app::ComparisonOptions options = comparison_options();
    options.watched = plan.watched;
    options.controls = false;
    for (const auto& [factor, outcome] : {std::pair{1.30, verdict::GateOutcome::failed},
                                          std::pair{1.15, verdict::GateOutcome::warned},
                                          std::pair{1.02, verdict::GateOutcome::passed},
                                          std::pair{0.70, verdict::GateOutcome::passed}}) {
        ScriptedPairs pairs(new_is_slower_by(factor));
        const app::ComparisonOutcome measured = compare(builds, pairs, options);
        const auto cases = app::gate_cases(builds.matched(), measured, {});
        const verdict::GateReport report = verdict::judge(gates, cases, {});
        REQUIRE(report.lines.size() == 2);
        for (const verdict::GateLine& line : report.lines) {
            CHECK(line.outcome == outcome);
            CHECK(*line.figure == doctest::Approx(100 * (factor - 1)).epsilon(0.01));
        }
    }
}

TEST_CASE("what either side lacks keeps its standing") {
    TwoBuilds builds = changed_builds(2);
    builds.old_side.cases.erase(builds.old_side.cases.begin());
    auto cases = app::gate_cases(builds.matched(), {}, {});
    CHECK(cases.front().standing == CaseStanding::no_baseline);
    builds = changed_builds(2);
    builds.new_side.cases.erase(builds.new_side.cases.begin());
    cases = app::gate_cases(builds.matched(), {}, {});
    CHECK(cases.back().standing == CaseStanding::missing);
}

TEST_CASE("today's figures reach the limits, and a case that fails today is broken") {
    const TwoBuilds builds(1);
    const std::string id = builds.matched().front().id;
    report::CaseResult result;
    result.id = id;
    report::MetricResult& time = result.metrics.emplace_back();
    time.key = "time";
    time.unit = "s";
    time.direction = measure::Direction::lower;
    time.summary.n = 30;
    time.summary.median = 0.002;
    auto cases = app::gate_cases(builds.matched(), {}, {{id, result}});
    const verdict::GateFile gates =
        gates_of(R"({"id":"l","kind":"limit","op":"<","value":"1 ms"})");
    CHECK(verdict::judge(gates, cases, {}).lines.front().outcome == verdict::GateOutcome::failed);
    result.status = measure::CaseStatus::crashed;
    result.reason = "signal 11";
    cases = app::gate_cases(builds.matched(), {}, {{id, result}});
    CHECK(cases.front().standing == CaseStanding::broken);
    CHECK(verdict::judge(gates, cases, {}).lines.front().reason == "signal 11");
}

TEST_CASE("a case that the comparison withdraws as drifting is no regression of the gate") {
    const TwoBuilds builds = changed_builds(1);
    app::ComparisonOutcome outcome;
    app::ComparedCase& compared = outcome.cases.emplace_back();
    compared.matched = builds.matched().front();
    compared.pairs.resize(20);
    for (app::PairRecord& pair : compared.pairs) {
        pair.figures.x = std::log(1.5);
    }
    const auto judged = [&] {
        return verdict::judge(gates_of(kTime), app::gate_cases(builds.matched(), outcome, {}), {});
    };
    CHECK(judged().lines.front().outcome == verdict::GateOutcome::failed);
    compared.finding.is_drifting = true; // whatever the label says
    CHECK(judged().lines.front().outcome == verdict::GateOutcome::undecided);
}

TEST_CASE("without rules of its own a project is held to the metrics that its suites gate") {
    TwoBuilds builds = changed_builds(2);
    for (app::Side* side : {&builds.old_side, &builds.new_side}) {
        auto& metrics = side->suites.front().description.families.front().metrics;
        metrics.resize(2);
        metrics[0].key = "hit_rate";
        metrics[0].unit = "1";
        metrics[0].direction = measure::Direction::higher;
        metrics[0].flags = ASSAY_METRIC_GATE;
        metrics[1].key = "told_only";
    }
    verdict::GateFile gates = verdict::default_gates();
    verdict::set_regression_threshold(gates, 0.15);
    app::add_gated_metrics(gates, builds.matched());
    REQUIRE(gates.rules.size() == 2); // one for both cases of the family
    CHECK(gates.rules.back().metric == "hit_rate");
    CHECK(gates.rules.back().fail == doctest::Approx(0.15));
    CHECK(gates.rules.back().match.family == "f");
    // Both metrics of both cases belong to one family per level: the pairs must suffice for all.
    const app::GatePlan plan = app::gate_plan(gates, builds.matched());
    CHECK(plan.watched.size() == 8);
    CHECK(std::ranges::count(plan.watched, 0u, [](const app::WatchedLimit& one) {
              return one.question.family;
          }) == 4);

    auto cases = app::gate_cases(builds.matched(), {}, {});
    for (verdict::GateCase& one : cases) {
        one.standing = CaseStanding::compared;
        one.pairs.assign(12, 0);
        const auto hits = std::ranges::find(one.figures, "hit_rate", &verdict::GateFigure::key);
        REQUIRE(hits != one.figures.end());
        hits->old_launches.assign(12, 0.90);
        hits->new_launches.assign(12, 0.86);
        CHECK(std::ranges::count(one.figures, "told_only", &verdict::GateFigure::key) == 1);
    }
    const verdict::GateReport report = verdict::judge(gates, cases, {});
    REQUIRE(report.lines.size() == 4);
    CHECK(report.lines[1].outcome == verdict::GateOutcome::warned); // 4 points, from 2 on
    CHECK(report.lines[1].limit == "at most 5 points worse");

    verdict::GateFile own = gates_of(kTime);
    app::add_gated_metrics(own, builds.matched());
    CHECK(own.rules.size() == 1);
}

TEST_CASE("a pattern asks pairs for each metric that a case may have of it") {
    TwoBuilds builds = changed_builds(1);
    for (app::Side* side : {&builds.old_side, &builds.new_side}) {
        auto& metrics = side->suites.front().description.families.front().metrics;
        metrics.resize(2);
        metrics[0].key = "a_latency";
        metrics[1].key = "b_latency";
        for (measure::MetricDescription& metric : metrics) {
            metric.unit = "s";
            metric.direction = measure::Direction::lower;
        }
    }
    verdict::GateFile gates =
        gates_of(R"({"id":"latencies","kind":"regression","metric":"*_latency"})");
    app::name_metrics(gates, builds.matched());
    REQUIRE(gates.rules.size() == 2);
    CHECK(gates.rules[1].metric == "b_latency");
    CHECK(app::gate_plan(gates, builds.matched()).watched.size() == 4); // each fails and warns
}

TEST_CASE("a rule about a metric with more noise than time is answered within the budget") {
    TwoBuilds builds = changed_builds(2);
    for (app::Side* side : {&builds.old_side, &builds.new_side}) {
        auto& metrics = side->suites.front().description.families.front().metrics;
        metrics.resize(1);
        metrics[0].key = "latency";
        metrics[0].unit = "s";
        metrics[0].direction = measure::Direction::lower;
    }
    const verdict::GateFile gates =
        gates_of(std::string(kTime) + R"(,{"id":"l","kind":"regression","metric":"latency"})");
    const app::GatePlan plan = app::gate_plan(gates, builds.matched());
    app::ComparisonOptions options = comparison_options();
    options.watched = plan.watched;
    options.controls = false;
    options.budget = std::chrono::hours(10);
    std::mt19937_64 random(9);
    // Half as long again in one case, unchanged in the other, and noise of a tenth about both.
    ScriptedPairs pairs([&random](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1)(wish);
        const double factor = wish.new_request.case_id == "s/f[n=0]" ? 1.5 : 1;
        std::normal_distribution<double> noise(0, 0.1);
        answer.old_side.record.metrics = {
            {.index = 0, .value = std::exp(noise(random)), .samples = {}}};
        answer.new_side.record.metrics = {
            {.index = 0, .value = factor * std::exp(noise(random)), .samples = {}}};
        return answer;
    });
    const app::ComparisonOutcome measured = compare(builds, pairs, options);
    const verdict::GateReport report =
        verdict::judge(gates, app::gate_cases(builds.matched(), measured, {}), {});
    REQUIRE(report.lines.size() == 4);
    CHECK(report.lines[0].outcome == verdict::GateOutcome::passed);
    CHECK(report.lines[1].outcome == verdict::GateOutcome::failed);
    CHECK(report.lines[1].n > *measured.cases[0].finding.decided_after);
    CHECK(report.lines[3].outcome == verdict::GateOutcome::passed);
}

TEST_CASE("a family of questions is as large whether its cases got pairs or not") {
    const verdict::GateFile gates = gates_of(kMemory);
    const auto first_line = [&](std::size_t cases, std::size_t with_pairs) {
        const TwoBuilds builds = changed_builds(cases);
        app::ComparisonOutcome outcome;
        for (const app::MatchedCase& one : builds.matched()) {
            app::ComparedCase& compared = outcome.cases.emplace_back();
            compared.matched = one;
            if (outcome.cases.size() <= with_pairs) {
                give_pairs(compared, outcome.cases.size() == 1 ? 2 : 1);
            }
        }
        const auto gated = app::gate_cases(builds.matched(), outcome, {});
        return verdict::judge(gates, gated, {}).lines.front().outcome;
    };
    // Six pairs prove a case that is alone and not one of two: E = 27.3, of 20 and 40 asked for.
    CHECK(first_line(1, 1) == verdict::GateOutcome::failed);
    CHECK(first_line(2, 2) == verdict::GateOutcome::undecided);
    CHECK(first_line(2, 1) == verdict::GateOutcome::undecided); // the budget ended
}

TEST_CASE("a case that no pair is to be measured for is in no family, whatever becomes of it") {
    TwoBuilds builds = changed_builds(2);
    builds.old_side.cases.pop_back(); // new today
    app::ComparisonOutcome outcome;
    outcome.cases.emplace_back().matched = builds.matched().front();
    give_pairs(outcome.cases.front(), 2);
    report::CaseResult crashed;
    crashed.id = builds.matched().back().id;
    crashed.status = measure::CaseStatus::crashed;
    for (const bool is_broken : {false, true}) {
        std::map<std::string, report::CaseResult> today;
        if (is_broken) {
            today.emplace(crashed.id, crashed);
        }
        const auto gated = app::gate_cases(builds.matched(), outcome, today);
        const verdict::GateReport report = verdict::judge(gates_of(kMemory), gated, {});
        CHECK(report.lines.front().outcome == verdict::GateOutcome::failed);
    }
}

TEST_CASE("what the host itself observes is described before anything is measured") {
    const TwoBuilds builds = changed_builds(1);
    const auto cases = app::gate_cases(builds.matched(), {}, {});
    for (const auto& [key, unit, higher] : {std::tuple{"time", "s", false},
                                            std::tuple{"wall_time", "s", false},
                                            std::tuple{"peak_rss", "By", false},
                                            std::tuple{"items_rate", "{item}/s", true},
                                            std::tuple{"instructions", "{instruction}", false}}) {
        CAPTURE(std::string(key));
        const auto& figures = cases.front().figures;
        const auto found = std::ranges::find(figures, key, &verdict::GateFigure::key);
        REQUIRE(found != figures.end());
        CHECK(found->unit == unit);
        CHECK(found->higher_is_better == higher);
        CHECK(found->reason.empty());
    }
}
