// What a run says of allocations: exact where everything agrees, and why where it does not.
#include "app/session/memory_figures.hpp"
#include "scripted_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace scripted;
using app::MemoryFigures;
using measure::MemoryBatch;

namespace {

// Batches of 10 and 20 iterations that allocate so many pieces in all, of 8 bytes each.
app::MemoryLaunch launch_of(std::uint64_t small, std::uint64_t large, std::uint64_t peak = 8) {
    return {
        .batches =
            {{.iterations = 10, .allocations = small, .bytes = 8 * small, .peak_live_bytes = peak},
             {.iterations = 20, .allocations = large, .bytes = 8 * large, .peak_live_bytes = peak}},
        .peak_rss_bytes = 4096};
}

MemoryFigures figures_of(std::vector<app::MemoryLaunch> launches) {
    MemoryFigures figures;
    figures.launches = std::move(launches);
    figures.iterations = 10;
    return figures;
}

report::CaseResult told(const MemoryFigures& figures) {
    report::CaseResult result;
    app::add_memory(figures, result);
    return result;
}

const report::MetricResult& metric_in(const report::CaseResult& result, std::string_view key) {
    const auto found = std::ranges::find(result.metrics, key, &report::MetricResult::key);
    REQUIRE(found != result.metrics.end());
    return *found;
}

bool is_exact(const report::MetricResult& metric) {
    return (metric.flags & ASSAY_METRIC_EXACT) != 0;
}

} // namespace

TEST_CASE("allocations that agree in both sizes and both launches are exact per iteration") {
    const report::CaseResult result = told(figures_of({launch_of(30, 60), launch_of(30, 60)}));
    const auto& allocations = metric_in(result, "allocations");
    CHECK(allocations.summary.median == 3);
    CHECK(allocations.provenance_text == "malloc");
    CHECK(allocations.scales == true);
    CHECK(is_exact(allocations));
    CHECK(metric_in(result, "allocated_bytes").summary.median == 24);
    CHECK(metric_in(result, "peak_live_bytes").summary.median == 8);
    CHECK_FALSE(is_exact(metric_in(result, "peak_live_bytes"))); // the heap has a say in it
    CHECK(metric_in(result, "memory_peak_rss").summary.median == 4096);
    CHECK_FALSE(is_exact(metric_in(result, "memory_peak_rss")));
    CHECK(result.notes.empty());
}

TEST_CASE("no allocation at all is 0 and observed") {
    const report::CaseResult result = told(figures_of({launch_of(0, 0, 0), launch_of(0, 0, 0)}));
    const auto& allocations = metric_in(result, "allocations");
    CHECK(allocations.summary.n == 4);
    CHECK(allocations.summary.median == 0);
    CHECK(is_exact(allocations));
}

TEST_CASE("what is allocated once per batch does not scale and is not exact") {
    const report::CaseResult result = told(figures_of({launch_of(31, 61), launch_of(31, 61)}));
    CHECK(metric_in(result, "allocations").scales == false);
    CHECK_FALSE(is_exact(metric_in(result, "allocations")));
    REQUIRE(result.notes.size() == 2);
    CHECK(result.notes[0] == "allocations do not scale: 3.1 per iteration in a batch of 10, 3.05 "
                             "in one of 20");
}

TEST_CASE("two launches that differ are labelled and not exact") {
    const report::CaseResult result = told(figures_of({launch_of(30, 60), launch_of(40, 80)}));
    CHECK_FALSE(is_exact(metric_in(result, "allocations")));
    REQUIRE_FALSE(result.notes.empty());
    CHECK(result.notes[0] == "nondeterministic allocations: 3 to 4 per iteration in two launches");
}

TEST_CASE("memory that a batch keeps is noted with what an iteration adds") {
    app::MemoryLaunch keeping = launch_of(10, 20);
    keeping.batches[0].peak_live_bytes = 10'000;
    keeping.batches[1].peak_live_bytes = 20'000;
    const report::CaseResult result = told(figures_of({keeping, keeping}));
    CHECK(metric_in(result, "peak_live_bytes").summary.median == 20'000);
    REQUIRE(result.notes.size() == 1);
    CHECK(result.notes[0] == "keeps memory while it runs: 1000 bytes more per iteration");
}

TEST_CASE("the peak of several lanes is never exact, their allocations may be") {
    MemoryFigures figures = figures_of({launch_of(30, 60), launch_of(30, 60)});
    figures.lanes = 2;
    const report::CaseResult result = told(figures);
    CHECK(is_exact(metric_in(result, "allocations")));
    CHECK_FALSE(is_exact(metric_in(result, "peak_live_bytes")));
}

TEST_CASE("a family of one iteration has no second size and still agrees with itself") {
    app::MemoryLaunch once = launch_of(30, 60);
    once.batches.pop_back();
    const report::CaseResult result = told(figures_of({once, once}));
    CHECK_FALSE(metric_in(result, "allocations").scales.has_value());
    CHECK(is_exact(metric_in(result, "allocations")));
}

TEST_CASE("one memory launch of two is none, and the reason is told with every figure") {
    MemoryFigures half = figures_of({launch_of(30, 60)});
    half.reason = "the memory launch crashed";
    const report::CaseResult result = told(half);
    REQUIRE(result.metrics.size() == 4);
    for (const report::MetricResult& metric : result.metrics) {
        CHECK(metric.summary.n == 0);
        CHECK(metric.reason == "the memory launch crashed");
        CHECK_FALSE(is_exact(metric));
    }
    CHECK(result.notes.empty());
}

TEST_CASE("a metric of the case's own stays and the host's of that name is left out") {
    report::CaseResult result;
    result.metrics.emplace_back().key = "peak_live_bytes";
    app::add_memory(figures_of({launch_of(30, 60), launch_of(30, 60)}), result);
    CHECK(std::ranges::count(result.metrics, "peak_live_bytes", &report::MetricResult::key) == 1);
    REQUIRE(result.notes.size() == 1);
    CHECK(result.notes[0].starts_with("peak_live_bytes is this case's own metric"));
}

TEST_CASE("a run asks for memory only where it was told to, and a launcher without means says so") {
    ScriptedLauncher launcher(answer);
    CHECK(run(plan_of(1), launcher).of("s/f[n=0]").metrics.back().key != "memory_peak_rss");
    app::SessionOptions options = options_of(plan::Mode::quick, 1);
    options.memory = true;
    ScriptedLauncher again(answer);
    const Told asked = run(plan_of(1), again, options);
    CHECK(metric_in(asked.of("s/f[n=0]"), "allocations").reason ==
          "allocations are counted in workers alone");
    CHECK(asked.of("s/f[n=0]").status == measure::CaseStatus::passed);
}
