// Counts in a run: asked for while everything is verified, beside what was timed, and never mixed
// with it.
#include "app/session/work_counts.hpp"
#include "scripted_run.hpp"

#include <doctest/doctest.h>

using namespace scripted;
using app::CountedWork;
using measure::CaseStatus;

namespace {

CountedWork counted(std::vector<double> launches, bool declared = true) {
    CountedWork work;
    work.launches = std::move(launches);
    work.source = "callgrind";
    work.iterations = 100;
    work.declared = declared;
    return work;
}

// A launcher that counts from a script.
class CountingScript final : public app::Launcher {
public:
    explicit CountingScript(CountedWork work)
        : work_(std::move(work)) {}

    workers::LaunchOutcome launch(const app::SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override {
        order += request.slices > 0 ? "t" : "v";
        return timed_.launch(suite, request, turns, deadline, lane);
    }

    void case_is_over(std::uint32_t) override {}

    void cancel() override {}

    CountedWork count(const app::CountWish& wish) override {
        order += "c";
        asked = app::counting_request(wish);
        return work_;
    }

    std::string order; // v: verified, c: counted, t: timed
    measure::LaunchRequest asked;

private:
    CountedWork work_;
    ScriptedLauncher timed_{answer};
};

app::SessionOptions counting_options() {
    app::SessionOptions options = options_of(plan::Mode::quick, 1);
    options.counts = true;
    return options;
}

const report::MetricResult* instructions_in(const report::CaseResult& result) {
    for (const report::MetricResult& metric : result.metrics) {
        if (metric.key == "instructions") {
            return &metric;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("every case is counted before the first one is timed") {
    CountingScript launcher(counted({42, 42}));
    const Told told = run(plan_of(2), launcher, counting_options());
    CHECK(launcher.order == "vcvc" + std::string(12, 't'));
    const auto* metric = instructions_in(told.of("s/f[n=0]"));
    REQUIRE(metric != nullptr);
    CHECK(metric->summary.median == 42);
    CHECK(metric->summary.launch_medians.size() == 2);
    CHECK(metric->launch_figures.size() == 2);
    CHECK(metric->provenance_text == "callgrind");
    CHECK((metric->flags & ASSAY_METRIC_EXACT) != 0);
    CHECK(told.of("s/f[n=0]").metrics.front().key == "time");
    CHECK(launcher.asked.slices == 0);
    CHECK(launcher.asked.count_iterations == 1);
    CHECK_FALSE(launcher.asked.verify);
}

TEST_CASE("without --counts nothing is counted and there is no metric") {
    CountingScript launcher(counted({42, 42}));
    const Told told = run(plan_of(1), launcher);
    CHECK(launcher.order.find('c') == std::string::npos);
    CHECK(instructions_in(told.of("s/f[n=0]")) == nullptr);
}

TEST_CASE("two launches that differ label the case nondeterministic") {
    CountingScript launcher(counted({42, 43.5}));
    const Told told = run(plan_of(1), launcher, counting_options());
    const report::CaseResult& result = told.of("s/f[n=0]");
    CHECK((instructions_in(result)->flags & ASSAY_METRIC_EXACT) == 0);
    REQUIRE_FALSE(result.notes.empty());
    CHECK(result.notes.back() ==
          "nondeterministic: 42 and 43.5 instructions per iteration in two launches");
}

TEST_CASE("where nothing could be counted the metric is unavailable with the reason") {
    ScriptedLauncher launcher(answer); // knows no way
    const Told told = run(plan_of(1), launcher, counting_options());
    const auto* metric = instructions_in(told.of("s/f[n=0]"));
    REQUIRE(metric != nullptr);
    CHECK(metric->summary.n == 0);
    CHECK(metric->reason == "instructions are counted in workers alone");
    CHECK(told.of("s/f[n=0]").status == CaseStatus::passed);
}

TEST_CASE("one count of two is none") {
    CountedWork half = counted({42});
    half.reason = "the counting launch crashed";
    CHECK_FALSE(half.complete());
    CHECK_FALSE(half.instructions().has_value());
    const report::MetricResult metric = app::counts_metric(half);
    CHECK(metric.summary.n == 0);
    CHECK(metric.reason == "the counting launch crashed");
}

TEST_CASE("only a declared and repeated count is trusted") {
    CHECK(counted({42, 42}).trusted());
    CHECK_FALSE(counted({42, 43}).trusted());
    CHECK_FALSE(counted({42, 42}, false).trusted());
    CHECK(counted({42, 42}, false).instructions() == 42);
}

TEST_CASE("a counting launch runs a power of ten that a slice holds, 1000 at most") {
    CHECK(app::count_iterations(0) == 1);
    CHECK(app::count_iterations(1) == 1);
    CHECK(app::count_iterations(9) == 1);
    CHECK(app::count_iterations(10) == 10);
    CHECK(app::count_iterations(999) == 100);
    CHECK(app::count_iterations(1000) == 1000);
    CHECK(app::count_iterations(UINT64_MAX) == 1000);
}
