#include "findings_of_tree.hpp"

namespace processor_findings_test {

using namespace assay::app;

namespace {

const std::string kCpu = "sys/devices/system/cpu/";
const std::string kClock = "sys/devices/system/clocksource/clocksource0/";

// A quiet machine of one's own.
std::map<std::string, std::string> good_files() {
    return {{kCpu + "online", "0-1\n"},
            {kCpu + "cpu0/cpufreq/scaling_governor", "performance\n"},
            {kCpu + "cpu1/cpufreq/scaling_governor", "performance\n"},
            {kCpu + "intel_pstate/no_turbo", "1\n"},
            {kCpu + "smt/active", "0\n"},
            {"proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu tsc constant_tsc nonstop_tsc\n"},
            {kClock + "current_clocksource", "tsc\n"}};
}

// The same with some files of another content; an empty one is removed.
Findings findings_with(const std::map<std::string, std::string>& changes,
                       const std::vector<unsigned>& allowed = {0, 1}) {
    auto files = good_files();
    for (const auto& [name, text] : changes) {
        if (text.empty()) {
            files.erase(name);
        } else {
            files[name] = text;
        }
    }
    const PreparedTree prepared(files);
    Findings findings = processor_findings(prepared.tree(), allowed);
    check_words(findings);
    return findings;
}

} // namespace

TEST_CASE("a quiet machine of one's own has nothing to be told about") {
    for (const Finding& finding : findings_with({})) {
        CHECK_MESSAGE(finding.state == FindingState::ok, finding.id << ": " << finding.read);
    }
}

TEST_CASE("a machine that tells nothing is unavailable in everything but its CPUs") {
    const PreparedTree empty;
    const Findings findings = processor_findings(empty.tree(), {0, 1});
    check_words(findings);
    CHECK(finding_of(findings, "cpus").state == FindingState::ok);
    CHECK(count_of(findings, FindingState::unavailable) == findings.size() - 1);
}

TEST_CASE("one CPU to use is a warning, whether there are more or not") {
    const auto more = finding_of(findings_with({}, {1}), "cpus");
    CHECK(more.state == FindingState::warn);
    CHECK(says(more.advice, "taskset"));
    const auto only = finding_of(findings_with({{kCpu + "online", "0"}}, {0}), "cpus");
    CHECK(only.state == FindingState::warn);
    CHECK(says(only.advice, "two CPUs"));
}

TEST_CASE("any governor but performance is named with the CPUs it governs") {
    const auto finding = finding_of(
        findings_with({{kCpu + "cpu1/cpufreq/scaling_governor", "powersave"}}), "governor");
    CHECK(finding.state == FindingState::warn);
    CHECK(finding.read == "performance on 1 of 2, powersave on 1 of 2");
    CHECK(says(finding.advice, "cpupower"));
}

TEST_CASE("boost is on by either of the two switches") {
    CHECK(finding_of(findings_with({{kCpu + "intel_pstate/no_turbo", "0"}}), "boost").state ==
          FindingState::warn);
    const auto amd = finding_of(
        findings_with({{kCpu + "intel_pstate/no_turbo", ""}, {kCpu + "cpufreq/boost", "1"}}),
        "boost");
    CHECK(amd.state == FindingState::warn);
    CHECK(says(amd.advice, "cpufreq/boost"));
    CHECK(finding_of(findings_with({{kCpu + "intel_pstate/no_turbo", "perhaps"}}), "boost").state ==
          FindingState::unavailable);
}

TEST_CASE("siblings matter only where both may be used") {
    const std::map<std::string, std::string> shared{
        {kCpu + "smt/active", "1"},
        {kCpu + "cpu0/topology/thread_siblings_list", "0-1"},
        {kCpu + "cpu1/topology/thread_siblings_list", "0-1"}};
    const auto both = finding_of(findings_with(shared), "siblings");
    CHECK(both.state == FindingState::warn);
    CHECK(says(both.read, "0-1"));
    CHECK(finding_of(findings_with(shared, {0}), "siblings").state == FindingState::ok);
    CHECK(finding_of(findings_with({{kCpu + "smt/active", "7"}}), "siblings").state ==
          FindingState::unavailable);
}

TEST_CASE("a hypervisor is named with its maker where that is told") {
    const auto finding = finding_of(findings_with({{"proc/cpuinfo", "flags : tsc hypervisor\n"},
                                                   {"sys/class/dmi/id/sys_vendor", "QEMU\n"}}),
                                    "virtual");
    CHECK(finding.state == FindingState::warn);
    CHECK(says(finding.read, "QEMU"));
}

TEST_CASE("a clock source that is a system call is a warning, and the tick counter is not used") {
    const auto findings = findings_with({{kClock + "current_clocksource", "hpet"},
                                         {kClock + "available_clocksource", "hpet tsc acpi_pm"}});
    CHECK(finding_of(findings, "clock_source").state == FindingState::warn);
    CHECK(says(finding_of(findings, "clock_source").advice, "echo tsc"));
    CHECK(finding_of(findings, "tick_counter").state == FindingState::warn);
    const auto none = findings_with({{kClock + "current_clocksource", "hpet"}});
    CHECK(says(finding_of(none, "clock_source").advice, "boot with"));
}

TEST_CASE("a counter that changes its rate is not read, whatever the kernel's clock source") {
    const auto finding =
        finding_of(findings_with({{"proc/cpuinfo", "flags : tsc constant_tsc\n"}}), "tick_counter");
    CHECK(finding.state == FindingState::warn);
    CHECK(says(finding.read, "changes its rate"));
}

} // namespace processor_findings_test
