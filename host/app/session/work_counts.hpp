// Instruction counts of one case and build: what is asked for, what came of it, and how it stands
// in the results. Counts come from launches of their own, before or after everything timed.
//
//   CountedWork work = launcher.count({suite, planned, options, slice_iterations});
//   result.metrics.push_back(counts_metric(work));
//
// Pure but for Launcher::count itself; any thread.
#pragma once

#include "app/session/session_options.hpp"
#include "plan/plan.hpp"
#include "report/event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct CountWish {
    const SessionSuite& suite;
    const plan::PlannedCase& planned;
    const SessionOptions& options;
    std::uint64_t slice_iterations = 1; // of a timed slice: what a batch may hold
};

struct CountedWork {
    std::vector<double> launches; // instructions per iteration, one figure per counting launch
    std::string source;           // "perf_event", "callgrind"; empty = nothing was counted
    std::string reason;           // why there are no counts, or fewer launches than asked for
    std::uint64_t iterations = 0; // of each launch
    bool declared = false;        // the family says ASSAY_CASE_DETERMINISTIC

    // All launches were counted.
    [[nodiscard]] bool complete() const noexcept { return !launches.empty() && reason.empty(); }

    [[nodiscard]] bool launches_differ() const noexcept;

    // Nothing where it is not complete.
    [[nodiscard]] std::optional<double> instructions() const;

    // Counts of such a case mean something for its time.
    [[nodiscard]] bool trusted() const noexcept {
        return complete() && declared && !launches_differ();
    }
};

// Launches that count one build of a case: two show whether its work is the same every time.
inline constexpr std::uint32_t kCountingLaunches = 2;

// Iterations of a counting launch: the largest power of ten that a timed slice holds, 1000 at most,
// so that it takes a simulator no more than some 50 ms and is the same for all launches.
std::uint64_t count_iterations(std::uint64_t slice_iterations) noexcept;

measure::LaunchRequest counting_request(const CountWish& wish);

// The metric "instructions", with its reason where nothing was counted.
report::MetricResult counts_metric(const CountedWork& work);

// The label "nondeterministic", where two launches differ.
std::vector<std::string> count_notes(const CountedWork& work);

} // namespace assay::app
