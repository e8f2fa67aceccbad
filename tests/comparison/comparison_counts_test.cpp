#include "app/comparison/comparison_counts.hpp"
#include "app/comparison/comparison_document.hpp"
#include "scripted_comparison.hpp"

#include <doctest/doctest.h>

using namespace scripted;
using app::CountedWork;
using verdict::Verdict;

namespace {

CountedWork counted(double instructions) {
    CountedWork work;
    work.launches = {instructions, instructions};
    work.source = "callgrind";
    work.iterations = 100;
    work.declared = true;
    return work;
}

CountedWork uncounted_because(std::string reason) {
    CountedWork work;
    work.reason = std::move(reason);
    return work;
}

app::ComparedCase compared_as(Verdict verdict, CountedWork old_work, CountedWork new_work) {
    app::ComparedCase compared;
    compared.finding.verdict = verdict;
    compared.old_counts = std::move(old_work);
    compared.new_counts = std::move(new_work);
    return compared;
}

// Counts 1000 instructions for the old side's suite and 1020 for the new one's.
class CountingScript final : public app::Launcher {
public:
    explicit CountingScript(const TwoBuilds& builds)
        : builds_(builds) {}

    workers::LaunchOutcome launch(const app::SessionSuite&,
                                  const measure::LaunchRequest&,
                                  workers::LaunchTurns&,
                                  workers::Deadline,
                                  std::uint32_t) override {
        return {};
    }

    void case_is_over(std::uint32_t) override {}

    void cancel() override {}

    CountedWork count(const app::CountWish& wish) override {
        const bool is_old = &wish.suite == &builds_.old_side.suites.front();
        slice_iterations = wish.slice_iterations;
        return counted(is_old ? 1000 : 1020);
    }

    std::atomic<std::uint64_t> slice_iterations{0};

private:
    const TwoBuilds& builds_;
};

app::ComparisonOutcome measured(const TwoBuilds& builds) {
    ScriptedPairs pairs(new_is_slower_by(1.5));
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    return compare(builds, pairs, options);
}

} // namespace

TEST_CASE("both builds of a compared case are counted over the same number of iterations") {
    const TwoBuilds builds(1);
    app::ComparisonOutcome outcome = measured(builds);
    CountingScript launcher(builds);
    app::count_cases(outcome, comparison_options(), launcher, [] { return false; });
    app::ComparedCase& compared = outcome.cases.front();
    REQUIRE(compared.old_counts);
    REQUIRE(compared.new_counts);
    CHECK(launcher.slice_iterations == compared.iterations);
    const json::value counts = app::counts_value(compared);
    CHECK(counts.at("old").to_number<double>() == 1000);
    CHECK(counts.at("new").to_number<double>() == 1020);
    CHECK(counts.at("deterministic").as_bool());
    CHECK(counts.at("source").as_string() == "callgrind");
    CHECK(compared.finding.verdict == Verdict::slower);
    CHECK(app::fused_verdict(compared) == "slower, confirmed by counts (+2 % instructions)");
    // A gate finds them among the other metrics, to be compared exactly.
    CHECK(compared.old_metrics.back().key == "instructions");
    CHECK(compared.new_metrics.back().summary.median == 1020);
    CHECK((compared.new_metrics.back().flags & ASSAY_METRIC_EXACT) != 0);
    const report::CaseResult result = app::case_result(compared, comparison_options());
    const json::object& document = result.extra.at("comparison").as_object();
    CHECK(document.at("verdict").as_string() == "slower"); // its own word, whatever the counts say
    CHECK(document.at("statement").as_string() ==
          "slower, confirmed by counts (+2 % instructions)");
    CHECK(document.at("evidence").at("counts") == counts);
}

TEST_CASE("a user who interrupts the counting gets what was measured, marked as cut short") {
    const TwoBuilds builds(1);
    app::ComparisonOutcome outcome = measured(builds);
    CountingScript launcher(builds);
    app::count_cases(outcome, comparison_options(), launcher, [] { return true; });
    CHECK(outcome.cancelled);
    CHECK_FALSE(outcome.cases.front().old_counts);
    CHECK(app::counts_value(outcome.cases.front()).is_null());
    CHECK_FALSE(app::fused_verdict(outcome.cases.front()));
}

TEST_CASE("one side without a count leaves the evidence null and says why") {
    const auto compared =
        compared_as(Verdict::slower, counted(1000), uncounted_because("SIGILL under it"));
    CHECK(app::counts_value(compared).is_null());
    CHECK_FALSE(app::fused_verdict(compared));
    REQUIRE(app::count_notes(compared).size() == 1);
    CHECK(app::count_notes(compared)[0] == "new build: instructions unavailable: SIGILL under it");
}

TEST_CASE("the same reason on both sides is said once, and at the end of the run") {
    const auto compared = compared_as(
        Verdict::same, uncounted_because("no valgrind"), uncounted_because("no valgrind"));
    CHECK(app::count_notes(compared) ==
          std::vector<std::string>{"instructions unavailable: no valgrind"});
    app::ComparisonOutcome outcome;
    CHECK(app::uncounted(outcome).empty());
    outcome.cases.push_back(compared);
    CHECK(app::uncounted(outcome) == "no valgrind");
    outcome.cases.push_back(compared_as(Verdict::same, counted(1), counted(1)));
    CHECK(app::uncounted(outcome).empty());
}

TEST_CASE("cases that are slower with equal work are counted for the reader") {
    app::ComparisonOutcome outcome;
    CHECK(app::slower_with_equal_work(outcome) == 0);
    outcome.cases.push_back(compared_as(Verdict::slower, counted(1000), counted(1000)));
    outcome.cases.push_back(compared_as(Verdict::slower, counted(1000), counted(1020)));
    outcome.cases.push_back(compared_as(Verdict::same, counted(1000), counted(1000)));
    CHECK(app::slower_with_equal_work(outcome) == 1);
    CHECK(app::fused_verdict(outcome.cases[0]) ==
          "slower, layout or environment: more pairs requested");
}

TEST_CASE("counts that differ between launches are kept but say nothing") {
    CountedWork changing = counted(1000);
    changing.launches[1] = 1001;
    const auto compared = compared_as(Verdict::slower, changing, counted(1100));
    CHECK_FALSE(app::counts_value(compared).at("deterministic").as_bool());
    CHECK(app::fused_verdict(compared) == "slower");
    REQUIRE(app::count_notes(compared).size() == 1);
    CHECK(app::count_notes(compared)[0].starts_with("old build: nondeterministic: "));
}
