#include "findings_of_tree.hpp"

namespace resolution_findings_test {

using namespace assay;
using namespace assay::app;

namespace {

MachineResolution quiet() {
    MachineResolution machine;
    machine.resolution.slice_sd = 0.002;
    machine.resolution.wall_sd = 0.004;
    machine.resolution.pair_sd = 0.001;
    machine.resolution.slices = 240;
    machine.resolution.pairs = 20;
    machine.resolution.free = {
        .slice_sd = 0.003, .wall_sd = 0.004, .step_sd = 0.002, .slices = 240, .pairs = 20};
    machine.resolution.pinned = {
        .slice_sd = 0.002, .wall_sd = 0.004, .step_sd = 0.001, .slices = 240, .pairs = 20};
    machine.resolution.clocks = {.wall_s = 22e-9, .thread_cpu_s = 640e-9, .ticks_s = 9e-9};
    return machine;
}

Finding of(const MachineResolution& machine, const std::string& id) {
    const Findings findings = resolution_findings(machine);
    check_words(findings);
    return finding_of(findings, id);
}

} // namespace

TEST_CASE("a quiet machine resolves little more than the margin") {
    const Findings findings = resolution_findings(quiet());
    CHECK(count_of(findings, FindingState::ok) == findings.size());
    CHECK(finding_of(findings, "slices").read == "spread 0.2 % of CPU time, 0.4 % of wall time");
    // 1 % + 3.5 * 0.1 % / sqrt(20, 200, 1200 pairs)
    CHECK(finding_of(findings, "changes").read == "1.1 % in 1 s, 1 % in 10 s, 1 % in 60 s a case");
    CHECK(finding_of(findings, "clocks").read ==
          "steady 22 ns, thread CPU 640 ns, pair of ticks 9 ns");
}

TEST_CASE("a restless machine is told by each of its figures") {
    MachineResolution machine = quiet();
    machine.resolution.slice_sd = 0.05;
    machine.resolution.pair_sd = 0.06;
    machine.resolution.preempted_share = 0.4;
    machine.resolution.clocks.wall_s = 1.2e-6;
    machine.resolution.clocks.ticks_s = std::nullopt;
    for (const char* const id : {"slices", "changes", "preempted", "clocks"}) {
        CHECK_MESSAGE(of(machine, id).state == FindingState::warn, id);
    }
    CHECK(of(machine, "preempted").read == "40 % of slices");
    CHECK(says(of(machine, "clocks").read, "steady 1.2 us"));
    CHECK_FALSE(says(of(machine, "clocks").read, "ticks"));
}

TEST_CASE(
    "what the machine decided is told with its evidence, departures from the rule as warnings") {
    CHECK(of(quiet(), "pinning").read == "kept: neighbouring slices differ by 0.1 % on one CPU, "
                                         "by 0.2 % left to the scheduler");
    CHECK(of(quiet(), "clock").read == "thread CPU: equal slices differ by 0.3 % of CPU time, by "
                                       "0.4 % of wall time");
    MachineResolution machine = quiet();
    machine.resolution.pinned->step_sd = 0.05;
    machine.resolution.free.timeless_share = 0.8;
    CHECK(of(machine, "pinning").state == FindingState::warn);
    CHECK(says(of(machine, "pinning").read, "not kept"));
    CHECK(of(machine, "clock").state == FindingState::warn);
    CHECK(says(of(machine, "clock").read, "wall: "));
}

TEST_CASE("a sample without pairs says nothing about changes") {
    MachineResolution machine = quiet();
    machine.resolution.pair_sd = 0;
    machine.resolution.pairs = 0;
    CHECK(of(machine, "changes").state == FindingState::unavailable);
}

} // namespace resolution_findings_test
