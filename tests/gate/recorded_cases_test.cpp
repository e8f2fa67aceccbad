#include "app/gate/recorded_cases.hpp"

#include <assay/abi/suite.h>

#include <doctest/doctest.h>

#include <cmath>

using namespace assay;
using namespace assay::app;

namespace {

history::Point point_of(const std::string& case_id, const std::string& metric, double figure) {
    history::Point point;
    point.series.case_id = case_id;
    point.series.suite = "sums";
    point.series.family = "add";
    point.series.metric = metric;
    point.series.unit = "s";
    point.series.direction = measure::Direction::lower;
    point.series.clock = "thread_cpu";
    point.figures = history::Figures{.center = figure, .n = 1};
    return point;
}

history::Run run_of(std::vector<history::Point> points) {
    history::Run run;
    run.uuid = "0192";
    run.points = std::move(points);
    return run;
}

tracking::ExpectedSeries expected(const history::Point& point) {
    return {point.series, "five runs had it"};
}

} // namespace

TEST_CASE("a point becomes a figure of its case, with unit, direction, clock and parameters") {
    const auto cases = recorded_cases(run_of(
        {point_of("sums/add[n=64,path=cached]", "time", 2), point_of("sums/add", "time", 3)}));
    REQUIRE(cases.size() == 2);
    const verdict::GateCase& one = cases.front();
    CHECK(one.standing == verdict::CaseStanding::measured_only);
    CHECK(one.subject.suite == "sums");
    CHECK(one.subject.family == "add");
    CHECK(one.subject.params ==
          std::vector<std::pair<std::string, std::string>>{{"n", "64"}, {"path", "cached"}});
    REQUIRE(one.figures.size() == 1);
    CHECK(one.figures.front().higher_is_better == false);
    CHECK(one.figures.front().clock == measure::Clock::thread_cpu);
    CHECK(one.figures.front().today.median == 2);
    CHECK(one.figures.front().today.n == 1);
    CHECK(cases.back().subject.params.empty());
}

TEST_CASE("samples tell every statistic, a figure without them only what was kept of it") {
    history::Point sampled = point_of("sums/add", "time", 3);
    sampled.samples.launches = {{1, 2, 3, 4, 5}};
    CHECK(summary_of(sampled).max == 5);
    CHECK(summary_of(sampled).p75 == 4);
    history::Point bare = point_of("sums/add", "time", 3);
    bare.figures->n = 30;
    bare.figures->p95 = 4;
    CHECK(summary_of(bare).n == 30);
    CHECK(summary_of(bare).p95 == 4);
    CHECK(std::isnan(summary_of(bare).mean));
}

TEST_CASE("a metric that was unavailable is one without a figure, and says why") {
    history::Point point = point_of("sums/add", "time", 3);
    point.figures.reset();
    point.status = measure::CaseStatus::unavailable;
    history::Run run = run_of({point});
    run.failures.push_back({"sums/add", measure::CaseStatus::unavailable, "no counter here"});
    const auto cases = recorded_cases(run);
    REQUIRE(cases.size() == 1);
    CHECK(cases.front().standing == verdict::CaseStanding::measured_only);
    CHECK(cases.front().figures.front().today.n == 0);
    CHECK(cases.front().figures.front().reason == "no counter here");
}

TEST_CASE("a case that crashed is broken, whether or not it has points") {
    history::Run run = run_of({point_of("sums/add", "time", 3)});
    run.failures.push_back({"sums/add", measure::CaseStatus::crashed, "signal 11"});
    run.failures.push_back({"sums/mul[n=2]", measure::CaseStatus::timed_out, ""});
    const auto cases = recorded_cases(run);
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].standing == verdict::CaseStanding::broken);
    CHECK(cases[0].reason == "signal 11");
    CHECK(cases[1].standing == verdict::CaseStanding::broken);
    CHECK(cases[1].reason == "timed_out");
    CHECK(cases[1].subject.family == "mul");
}

TEST_CASE("what got lost is a missing case, or a lost metric of one that is there") {
    const history::Run run = run_of({point_of("sums/add", "time", 3)});
    auto cases = recorded_cases(run);
    add_lost({expected(point_of("sums/add", "p99", 1)), expected(point_of("sums/mul", "time", 1))},
             run,
             cases);
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].standing == verdict::CaseStanding::measured_only);
    CHECK(cases[0].figures.back().lost);
    CHECK(cases[1].standing == verdict::CaseStanding::missing);
    CHECK(cases[1].reason == "five runs had it");
}

TEST_CASE("a cancelled run has lost nothing: it did not come to it") {
    history::Run run = run_of({point_of("sums/add", "time", 3)});
    run.status = "cancelled";
    auto cases = recorded_cases(run);
    add_lost({expected(point_of("sums/mul", "time", 1))}, run, cases);
    CHECK(cases.back().standing == verdict::CaseStanding::measured_only);
    CHECK_FALSE(cases.back().figures.back().lost);
    CHECK(cases.back().figures.back().today.n == 0);
}

TEST_CASE("without rules of the project, metrics that a suite gates are held like time") {
    history::Point gated = point_of("sums/add", "p99", 3);
    gated.series.flags = ASSAY_METRIC_GATE;
    const history::Run run = run_of({point_of("sums/add", "time", 3), gated});
    verdict::GateFile gates = verdict::default_gates();
    const std::size_t before = gates.rules.size();
    gates.has_own_rules = true;
    add_gated_metrics(gates, run);
    CHECK(gates.rules.size() == before);
    gates.has_own_rules = false;
    add_gated_metrics(gates, run);
    REQUIRE(gates.rules.size() == before + 1);
    CHECK(gates.rules.back().metric == "p99");
}

TEST_CASE("of a case without a time the built-in rules judge its first figure that can get worse") {
    history::Point count = point_of("k6/http_reqs", "count", 100);
    history::Point rate = point_of("k6/http_reqs", "rate", 10);
    history::Point other = point_of("k6/http_reqs", "failures", 0);
    history::Point users = point_of("k6/vus", "value", 5);
    for (history::Point* point : {&count, &users}) {
        point->series.direction = measure::Direction::none;
    }
    for (history::Point* point : {&count, &rate, &other, &users}) {
        point->series.suite = "k6";
        point->series.family = point->series.case_id.substr(3);
    }
    const auto rules_of = [](verdict::GateFile gates, std::vector<history::Point> points) {
        gates.has_own_rules = false;
        add_gated_metrics(gates, run_of(std::move(points)));
        return gates.rules;
    };
    const auto alone = rules_of(verdict::default_gates(), {count, rate, other, users});
    REQUIRE(alone.size() == 2);
    CHECK(alone[0].optional); // no case has a time
    CHECK(alone[1].metric == "rate");
    CHECK(alone[1].match.family == "http_reqs");
    const auto beside =
        rules_of(verdict::default_gates(), {rate, point_of("k6/duration", "time", 1)});
    REQUIRE(beside.size() == 2);
    CHECK_FALSE(beside[0].optional);
    const auto timed = rules_of(verdict::default_gates(),
                                {point_of("a", "time", 1), point_of("a", "cpu_time", 1)});
    CHECK(timed.size() == 1);
}

TEST_CASE("what got lost is judged by the built-in rules as if the run had it") {
    history::Point lost = point_of("jmh/gone", "throughput", 1);
    lost.series.family = "gone";
    verdict::GateFile gates = verdict::default_gates();
    gates.has_own_rules = false;
    add_gated_metrics(gates, run_of({point_of("sums/add", "time", 1)}), {expected(lost)});
    REQUIRE(gates.rules.size() == 2);
    CHECK(gates.rules[1].metric == "throughput");
    CHECK(gates.rules[1].match.family == "gone");
}
