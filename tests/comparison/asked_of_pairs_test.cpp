// Pairs that go on for figures beside time: comparisons of known truth, without processes.
#include "app/comparison/comparison_document.hpp"
#include "app/comparison/comparison_notes.hpp"
#include "scripted_comparison.hpp"

#include <assay/abi/suite.h>

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace scripted;
using verdict::MetricVerdict;
using verdict::Verdict;

namespace {

measure::MetricDescription metric(const std::string& key, std::uint32_t flags) {
    measure::MetricDescription described;
    described.key = key;
    described.unit = "s";
    described.direction = measure::Direction::lower;
    described.flags = flags;
    return described;
}

// Two builds of `cases` cases that report these metrics.
TwoBuilds reporting(std::size_t cases, const std::vector<measure::MetricDescription>& metrics) {
    TwoBuilds builds(cases);
    for (app::Side* side : {&builds.old_side, &builds.new_side}) {
        side->suites.front().description.families.front().metrics = metrics;
    }
    return builds;
}

// A figure of one launch of a side; nothing where it is not observed.
using Figure = std::function<std::optional<double>(bool new_side)>;

// Times without noise or change, and the figures given, in the metrics' order.
ScriptedPairs::Script with(std::vector<Figure> figures) {
    return [figures = std::move(figures)](const app::PairWish& wish) {
        app::PairAnswer answer = new_is_slower_by(1)(wish);
        for (const bool new_side : {false, true}) {
            auto& metrics = (new_side ? answer.new_side : answer.old_side).record.metrics;
            for (std::uint32_t i = 0; i < figures.size(); ++i) {
                metrics.push_back({.index = i, .value = figures[i](new_side), .samples = {}});
            }
        }
        return answer;
    };
}

// About 1, the new build's `factor` times that, log-normal.
Figure noisy(double factor, double sd, unsigned seed) {
    return [=, random = std::mt19937_64(seed)](bool new_side) mutable -> std::optional<double> {
        return (new_side ? factor : 1) * std::exp(std::normal_distribution(0.0, sd)(random));
    };
}

Figure steady(double old_figure, double new_figure) {
    return
        [=](bool new_side) -> std::optional<double> { return new_side ? new_figure : old_figure; };
}

app::ComparisonOptions without_controls() {
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    options.budget = std::chrono::hours(10); // never what ends it
    return options;
}

const app::ComparedMetric& found(const app::ComparedCase& compared, const std::string& key) {
    for (const app::ComparedMetric& one : compared.metrics) {
        if (one.pairs.key == key) {
            return one;
        }
    }
    FAIL("no such metric: ", key);
    return compared.metrics.front();
}

} // namespace

TEST_CASE("a gated metric with more noise than time gets the pairs that it takes") {
    const TwoBuilds builds = reporting(1, {metric("latency", ASSAY_METRIC_GATE)});
    ScriptedPairs pairs(with({noisy(1.20, 0.20, 7)}));
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
    const app::ComparedCase& compared = outcome.cases.front();
    CHECK(compared.finding.verdict == Verdict::same);
    CHECK(compared.finding.decided_after == 6u);
    CHECK(compared.finding.pairs > 6);
    CHECK(compared.finding.pairs < 200);
    CHECK(found(compared, "latency").finding.verdict == MetricVerdict::worse);
    CHECK(found(compared, "latency").finding.pairs == compared.finding.pairs);
    CHECK(app::code_of(outcome) == app::ExitCode::regression);
}

TEST_CASE("what nobody gates is judged from the pairs of time alone") {
    const TwoBuilds builds =
        reporting(1, {metric("plain", 0), metric("called_exact", ASSAY_METRIC_EXACT)});
    ScriptedPairs pairs(with({noisy(1.20, 0.20, 2), noisy(1.20, 0.20, 3)}));
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
    CHECK(outcome.cases.front().finding.pairs == 6);
    REQUIRE(outcome.cases.front().metrics.size() == 1);
    CHECK(outcome.cases.front().metrics.front().finding.verdict == MetricVerdict::undecided);
}

TEST_CASE("metrics that no pair can answer cost no pair") {
    const Figure absent = [](bool) { return std::optional<double>(); };
    const Figure only_old = [](bool new_side) {
        return new_side ? std::optional<double>() : std::optional(1.0);
    };
    const TwoBuilds builds = reporting(1,
                                       {metric("absent", ASSAY_METRIC_GATE),
                                        metric("lost", ASSAY_METRIC_GATE),
                                        metric("from_zero", ASSAY_METRIC_GATE),
                                        metric("steps", ASSAY_METRIC_GATE | ASSAY_METRIC_EXACT)});
    ScriptedPairs pairs(with({absent, only_old, steady(0, 1), steady(10, 11)}));
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
    CHECK(outcome.cases.front().finding.pairs == 6);
    CHECK(found(outcome.cases.front(), "steps").finding.verdict == MetricVerdict::worse);
    CHECK(found(outcome.cases.front(), "lost").finding.verdict == MetricVerdict::unavailable);
}

TEST_CASE("figures that some launches lack are matched by their pair, and the document says so") {
    const TwoBuilds builds = reporting(1, {metric("latency", ASSAY_METRIC_GATE)});
    // Every pair has a level of its own; the third lacks the old figure, the fifth the new one.
    std::size_t sides = 0;
    ScriptedPairs pairs(with({[&sides](bool new_side) -> std::optional<double> {
        const std::size_t pair = sides++ / 2;
        const double level = std::pow(3, static_cast<double>((7 * pair) % 16));
        const bool lacks = pair == (new_side ? 4u : 2u);
        return lacks ? std::nullopt : std::optional(new_side ? 1.05 * level : level);
    }}));
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
    const app::ComparedMetric& latency = found(outcome.cases.front(), "latency");
    CHECK(latency.finding.verdict == MetricVerdict::worse);
    CHECK(latency.finding.change.value() == doctest::Approx(0.05));
    CHECK(latency.finding.pairs_asked == outcome.cases.front().finding.pairs);
    CHECK(latency.finding.pairs + 2 == latency.finding.pairs_asked);
    const json::value written =
        app::case_result(outcome.cases[0], without_controls()).extra.at("comparison");
    const json::value& told = written.at("metrics").at(0);
    CHECK(told.at("pairs").to_number<std::size_t>() == latency.finding.pairs);
    CHECK(told.at("pairs_asked").to_number<std::size_t>() == latency.finding.pairs_asked);
    CHECK(told.at("old_figures").at(2).is_null());
    CHECK(told.at("old_figures").at(4).is_number());
    CHECK(told.at("new_figures").at(4).is_null());
}

TEST_CASE("an exact metric that not every launch reports gets pairs until it can be told") {
    for (const bool gated : {true, false}) {
        const TwoBuilds builds = reporting(
            1,
            {metric("steps", gated ? ASSAY_METRIC_EXACT | ASSAY_METRIC_GATE : ASSAY_METRIC_EXACT)});
        std::size_t sides = 0;
        // The old build reports it in every second launch.
        ScriptedPairs pairs(with({[&sides](bool new_side) -> std::optional<double> {
            const std::size_t pair = sides++ / 2;
            return new_side || pair % 2 == 0 ? std::optional(new_side ? 11.0 : 10.0) : std::nullopt;
        }}));
        const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
        const app::ComparedMetric& steps = found(outcome.cases.front(), "steps");
        CHECK(outcome.cases.front().finding.decided_after == 6u);
        CHECK(steps.finding.pairs == (gated ? 4u : 3u));
        CHECK(steps.finding.verdict == (gated ? MetricVerdict::worse : MetricVerdict::undecided));
    }
}

TEST_CASE("an exact metric that verify alone reports is compared by its one figure of each build") {
    const TwoBuilds builds =
        reporting(1, {metric("steps", ASSAY_METRIC_EXACT | ASSAY_METRIC_GATE)});
    ScriptedPairs pairs(with({}));
    const auto verification = [](const measure::LaunchRequest& request) {
        workers::LaunchOutcome outcome = answer(request);
        outcome.record.metrics.push_back({.index = 0, .value = 10, .samples = {}});
        return outcome;
    };
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls(), verification);
    const app::ComparedMetric& steps = found(outcome.cases.front(), "steps");
    CHECK(steps.finding.verdict == MetricVerdict::same);
    CHECK(steps.finding.pairs == 1);
    CHECK(outcome.cases.front().finding.pairs == 6); // it asks for none of its own
}

TEST_CASE("a metric that lies on the margin without noise ends after a few pairs, undecided") {
    const TwoBuilds builds = reporting(1, {metric("latency", ASSAY_METRIC_GATE)});
    ScriptedPairs pairs(with({steady(1, 1.01)}));
    const app::ComparisonOutcome outcome = compare(builds, pairs, without_controls());
    CHECK(outcome.cases.front().finding.pairs == 8);
    CHECK(found(outcome.cases.front(), "latency").finding.verdict == MetricVerdict::undecided);
}

TEST_CASE("a metric too noisy for the budget takes no pair from the case that can be decided") {
    const TwoBuilds builds = reporting(2, {metric("latency", ASSAY_METRIC_GATE)});
    const ScriptedPairs::Script wild = with({noisy(1, 3, 4)});
    const ScriptedPairs::Script calm = with({noisy(1, 0.001, 5)});
    ScriptedPairs pairs([&](const app::PairWish& wish) {
        return wish.new_request.case_id == "s/f[n=0]" ? wild(wish) : calm(wish);
    });
    const app::ComparisonOutcome outcome = compare(
        builds, pairs, without_controls(), answer, [&] { return pairs.asked.size() >= 40; });
    CHECK(outcome.cases[0].finding.verdict == Verdict::same);
    CHECK(outcome.cases[1].finding.verdict == Verdict::same);
    CHECK(found(outcome.cases[1], "latency").finding.verdict == MetricVerdict::same);
    CHECK(outcome.cases[1].finding.pairs < 12);
    CHECK(outcome.cases[0].finding.wants_pairs);
}

TEST_CASE("a budget that ends before a gated metric is answered says what it would take") {
    const TwoBuilds builds = reporting(1, {metric("latency", ASSAY_METRIC_GATE)});
    ScriptedPairs pairs(with({noisy(1, 3, 6)}));
    app::ComparisonOutcome outcome = compare(builds, pairs, without_controls(), answer, [&] {
        return pairs.asked.size() >= 30;
    });                        // the last one is cut short
    outcome.cancelled = false; // as if the clock had ended it
    const std::string notes = write_json(app::comparison_notes(outcome, without_controls()));
    CHECK(notes.find("answer all that is asked about figures beside `time`") != std::string::npos);
    CHECK(notes.find("s/f[n=0] got 29, its `time` was decided after 6") != std::string::npos);
    CHECK(app::budget_that_would_do(outcome).value_or(0) > 0);
    const json::value written =
        app::case_result(outcome.cases[0], without_controls()).extra.at("comparison");
    CHECK(written.at("evidence").at("decided_after").to_number<int>() == 6);
    CHECK(written.at("pairs").to_number<int>() == 29);
    CHECK(written.at("metrics").at(0).at("pairs").to_number<int>() == 29);
}

TEST_CASE("a metric that the budget cannot answer even with luck gives the budget back") {
    const TwoBuilds builds = reporting(1, {metric("latency", ASSAY_METRIC_GATE)});
    const ScriptedPairs::Script wild = with({noisy(1, 3, 10)});
    ScriptedPairs pairs([&](const app::PairWish& wish) {
        app::PairAnswer answer = wild(wish);
        answer.seconds = 20; // as it says: sixty of them fit
        return answer;
    });
    app::ComparisonOptions options = without_controls();
    options.budget = std::chrono::minutes(20);
    const app::ComparisonOutcome outcome = compare(builds, pairs, options);
    CHECK(outcome.cases.front().finding.pairs < 400);
    CHECK_FALSE(outcome.cases.front().finding.wants_pairs);
    CHECK(outcome.cases.front().metrics.front().finding.verdict == MetricVerdict::undecided);
}
