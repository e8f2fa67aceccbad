// Cases come by the thousand; the host must not grow with them.
#include "scripted_run.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using namespace scripted;

namespace {

constexpr std::size_t kCases = 10'000;
constexpr double kHostMemoryMax_mb = 200;

// Keeps no result: what a reporter that writes as it goes costs.
class Counter final : public report::Receiver {
public:
    explicit Counter(std::size_t& results)
        : results_(results) {}

    [[nodiscard]] std::string name() const override { return "counter"; }

    Status on_event(const report::Event& event) override {
        results_ += event.result != nullptr ? 1 : 0;
        return {};
    }

    Status finish() override { return {}; }

private:
    std::size_t& results_;
};

// A launch as a worker sends it: recorded slices, warm-up and scaling slices, checksums.
workers::LaunchOutcome usual(const measure::LaunchRequest& request) {
    std::vector<measure::SliceRecord> slices;
    const auto add = [&](std::uint32_t count, std::uint32_t flags) {
        for (std::uint32_t i = 0; i < count; ++i) {
            measure::SliceRecord one = slice(1000 + i);
            one.flags = flags;
            one.seed = slices.size();
            one.checksum = slices.size() + 1;
            slices.push_back(one);
        }
    };
    add(request.scaling_check ? 30 : 0, measure::kSliceWarmup | measure::kSliceScaling);
    add(request.warmup_slices_max, measure::kSliceWarmup);
    add(request.slices, 0);
    workers::LaunchOutcome outcome = passing(slices);
    outcome.output = std::string(200, 'x');
    return outcome;
}

bool run_all() {
    std::size_t results = 0;
    report::Bus bus;
    bus.add(std::make_unique<Counter>(results));
    app::Progress progress({.terminal = false, .quiet = true, .columns = 80});
    ScriptedLauncher launcher(usual);
    const std::vector<app::SessionSuite> suites{suite()};
    const plan::Plan plan = plan_of(kCases);
    const app::SessionOptions options = options_of(plan::Mode::quick, 2);
    app::RunSession session(suites, plan, options, launcher, bus, progress);
    const app::SessionOutcome outcome = session.run([] { return false; });
    return bus.finish().empty() && results == kCases &&
           app::code_of(outcome, kCases) == app::ExitCode::pass;
}

// The most that was ever resident. getrusage() would count what ran before exec() too.
double peak_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            double kibibytes = 0;
            status >> kibibytes;
            return kibibytes / 1024;
        }
    }
    return 0;
}

} // namespace

TEST_CASE("a session of ten thousand cases fits into 200 MB") {
    CHECK(run_all());
    const double used_mb = peak_mb();
    CHECK(used_mb > 0);
    CHECK(used_mb < kHostMemoryMax_mb);
}
