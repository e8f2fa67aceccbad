#include "app/doctor/finding_groups.hpp"
#include "app/value_text.hpp"
#include "support/percent.hpp"
#include "verdict/machine_decisions.hpp"

#include <fmt/format.h>

namespace assay::app {
namespace {

constexpr const char* kResolutionGroup = "resolution";
constexpr double kMargin = 0.01; // of assay compare, unless it is told another
// Quiet machines spread by 0.1 to 0.5 %, the usual shared ones by 1 to 2 %.
constexpr double kSliceSdMany = 0.03;
// Beyond this the default margin of 1 % and the default budget of 10 s a case decide nothing.
constexpr double kChangeMany = 0.02;
constexpr double kPreemptedMany = 0.2;  // a fifth of the slices: the CPU is shared
constexpr double kClockMany_s = 100e-9; // a reading without a system call takes 12 to 35 ns

std::string percent(double share) {
    return fmt::format("{:.2g} %", kPercent * share);
}

std::string time_text(double seconds) {
    return seconds < 1e-6 ? fmt::format("{:.3g} ns", seconds * 1e9)
                          : fmt::format("{:.3g} us", seconds * 1e6);
}

std::string change_in(const verdict::Resolution& resolution, double budget_s) {
    const auto change =
        verdict::smallest_change(resolution, kMargin, verdict::pairs_expected(budget_s, 1));
    return fmt::format("{} in {:.3g} s", change ? percent(*change) : std::string("none"), budget_s);
}

Finding slices(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "slices",
                          "equal slices of 0.7 ms differ by so much (robust standard deviation, "
                          "the worse of an ALU and a memory kernel)"};
    const std::string read = fmt::format("spread {} of CPU time, {} of wall time",
                                         percent(resolution.slice_sd),
                                         percent(resolution.wall_sd));
    return resolution.slice_sd <= kSliceSdMany
               ? subject.ok(read)
               : subject.warn(read,
                              "something shares the caches or changes the frequency: see "
                              "'processor' and 'load' below");
}

Finding changes(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "changes",
                          "the smallest change of a case beyond the margin of 1 % that such a "
                          "--budget is likely to find; a case adds its own spread"};
    if (!verdict::smallest_change(resolution, kMargin, verdict::pairs_expected(60, 1))) {
        return subject.unavailable("the sample held too few slices to tell",
                                   "stop what else runs, then ask again");
    }
    const std::string read = fmt::format("{}, {}, {} a case",
                                         change_in(resolution, 1),
                                         change_in(resolution, 10),
                                         change_in(resolution, 60));
    const auto usual =
        verdict::smallest_change(resolution, kMargin, verdict::pairs_expected(10, 1));
    return usual && *usual <= kChangeMany
               ? subject.ok(read)
               : subject.warn(read,
                              "give compare a longer --budget, or --margin auto, which asks for "
                              "no more than the machine resolves");
}

Finding preempted(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "preempted",
                          "an interrupted slice refills its caches; its wall time is that of two"};
    const std::string read =
        fmt::format("{:.0f} % of slices", kPercent * resolution.preempted_share);
    return resolution.preempted_share <= kPreemptedMany
               ? subject.ok(read)
               : subject.warn(read,
                              "stop what else runs (top shows it), or allow assay a CPU of its "
                              "own (isolcpus, taskset)");
}

Finding clocks(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "clocks",
                          "what a reading costs bounds how short a slice or an operation can be"};
    const measure::ClockCosts& costs = resolution.clocks;
    std::string read = fmt::format(
        "steady {}, thread CPU {}", time_text(costs.wall_s), time_text(costs.thread_cpu_s));
    if (costs.ticks_s) {
        read += fmt::format(", pair of ticks {}", time_text(*costs.ticks_s));
    }
    return costs.wall_s <= kClockMany_s
               ? subject.ok(read)
               : subject.warn(read, "see 'clock source' below: reading it enters the kernel");
}

Finding pinning(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "pinning",
                          "both workers of a pair share one CPU, unless that is plainly the "
                          "worse place to be"};
    const verdict::PinningDecision decision = verdict::pinning_of(resolution);
    return decision.kept ? subject.ok("kept: " + decision.reason)
                         : subject.warn("not kept: " + decision.reason,
                                        "somebody occupies one of the CPUs: find it (top, then 1), "
                                        "or leave that CPU out (taskset)");
}

Finding clock(const verdict::Resolution& resolution) {
    const Subject subject{kResolutionGroup,
                          "clock",
                          "what times a case that names no clock, waits for nothing and has one "
                          "lane"};
    const verdict::ClockDecision decision = verdict::clock_of(resolution);
    return decision.clock == measure::Clock::thread_cpu
               ? subject.ok("thread CPU: " + decision.reason)
               : subject.warn("wall: " + decision.reason,
                              "compare only what was timed by the same clock; a kernel that counts "
                              "CPU time exactly would settle it");
}

} // namespace

Findings resolution_findings(const MachineResolution& machine) {
    return {slices(machine.resolution),
            changes(machine.resolution),
            preempted(machine.resolution),
            clocks(machine.resolution),
            pinning(machine.resolution),
            clock(machine.resolution)};
}

} // namespace assay::app
