#include "app/doctor/finding_groups.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace assay::app {
namespace {

constexpr const char* kProcessorGroup = "processor";

std::string cpu_file(std::string_view name) {
    return "sys/devices/system/cpu/" + std::string(name);
}

std::string cpu_file(unsigned cpu, std::string_view name) {
    return cpu_file(fmt::format("cpu{}/{}", cpu, name));
}

std::vector<unsigned> online(const SystemTree& tree, const std::vector<unsigned>& allowed) {
    const auto text = tree.line(cpu_file("online"));
    auto cpus = text ? cpu_list(*text) : std::vector<unsigned>{};
    return cpus.empty() ? allowed : cpus;
}

Finding cpus(const SystemTree& tree, const std::vector<unsigned>& allowed) {
    const Subject subject{kProcessorGroup,
                          "cpus",
                          "one CPU measures; loading, verifying and reporting need another, or "
                          "they interrupt it"};
    const std::size_t all = online(tree, allowed).size();
    const std::string read =
        fmt::format("{} online, {} of them allowed to this process", all, allowed.size());
    return allowed.size() > 1
               ? subject.ok(read)
               : subject.warn(read,
                              all > 1 ? "allow a second one (taskset, docker run --cpuset-cpus)"
                                      : "take a machine of two CPUs or more; small changes need a "
                                        "longer --budget here");
}

Finding governor(const SystemTree& tree, const std::vector<unsigned>& allowed) {
    const Subject subject{kProcessorGroup,
                          "governor",
                          "a frequency that follows the load makes the first slices slow and "
                          "launches differ"};
    std::map<std::string, std::size_t> governors;
    const std::vector<unsigned> all = online(tree, allowed);
    for (const unsigned cpu : all) {
        if (const auto name = tree.line(cpu_file(cpu, "cpufreq/scaling_governor"))) {
            ++governors[*name];
        }
    }
    if (governors.empty()) {
        return subject.unavailable(
            "no cpufreq here: firmware or hypervisor decides on the frequency");
    }
    std::string read;
    for (const auto& [name, count] : governors) {
        read += fmt::format("{}{} on {} of {}", read.empty() ? "" : ", ", name, count, all.size());
    }
    return governors.size() == 1 && governors.contains("performance")
               ? subject.ok(read)
               : subject.warn(read,
                              "cpupower frequency-set -g performance (Debian: linux-cpupower)");
}

Finding boost(const SystemTree& tree) {
    const Subject subject{
        kProcessorGroup,
        "boost",
        "above the nominal frequency, speed depends on temperature and busy neighbours"};
    const auto no_turbo = tree.number(cpu_file("intel_pstate/no_turbo"));
    const auto boosted = tree.number(cpu_file("cpufreq/boost"));
    if (!no_turbo && !boosted) {
        return subject.unavailable("no switch for it is visible");
    }
    if (no_turbo ? *no_turbo != 0 : *boosted == 0) {
        return subject.ok("off");
    }
    return subject.warn("on",
                        no_turbo ? "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
                                 : "echo 0 > /sys/devices/system/cpu/cpufreq/boost");
}

Finding siblings(const SystemTree& tree, const std::vector<unsigned>& allowed) {
    const Subject subject{
        kProcessorGroup,
        "siblings",
        "two threads of one core share its units: each slows the other by up to half"};
    const auto active = tree.line(cpu_file("smt/active"));
    if (active == "0") {
        return subject.ok("one thread per core");
    }
    if (active != "1") {
        return subject.unavailable("the kernel does not tell");
    }
    for (const unsigned cpu : allowed) {
        const auto text = tree.line(cpu_file(cpu, "topology/thread_siblings_list"));
        const std::vector<unsigned> core = text ? cpu_list(*text) : std::vector<unsigned>{};
        const auto shared = std::ranges::count_if(core, [&](unsigned sibling) {
            return std::ranges::find(allowed, sibling) != allowed.end();
        });
        if (shared > 1) {
            return subject.warn(fmt::format("CPUs {} are one core, and both may be used", *text),
                                "allow one thread of each core (taskset), or echo off > "
                                "/sys/devices/system/cpu/smt/control");
        }
    }
    return subject.ok("on, but no two allowed CPUs share a core");
}

std::vector<std::string> cpu_flags(const SystemTree& tree) {
    const auto text = tree.text("proc/cpuinfo");
    for (const std::string& line : split(text.value_or(""), '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos && trim(line.substr(0, colon)) == "flags") {
            return words_of(std::string_view(line).substr(colon + 1));
        }
    }
    return {};
}

bool has(const std::vector<std::string>& flags, std::string_view flag) {
    return std::ranges::find(flags, flag) != flags.end();
}

Finding hypervisor(const SystemTree& tree, const std::vector<std::string>& flags) {
    const Subject subject{kProcessorGroup,
                          "virtual",
                          "other guests take time, cache and memory bandwidth that no counter "
                          "here shows"};
    if (flags.empty()) {
        return subject.unavailable("the processor does not tell");
    }
    if (!has(flags, "hypervisor")) {
        return subject.ok("no hypervisor");
    }
    const auto vendor = tree.line("sys/class/dmi/id/sys_vendor");
    return subject.warn(
        "a virtual machine" + (vendor ? " (" + *vendor + ")" : std::string{}),
        "compare builds side by side (assay compare), never with figures of another "
        "day; for changes below 1 % take a machine of your own");
}

Finding clock_source(const SystemTree& tree) {
    const Subject subject{kProcessorGroup,
                          "clock_source",
                          "every slice reads the clock; a slow one makes slices longer"};
    const std::string folder = "sys/devices/system/clocksource/clocksource0/";
    const auto current = tree.line(folder + "current_clocksource");
    if (!current) {
        return subject.unavailable("the kernel does not tell");
    }
    // Read without entering the kernel.
    for (const char* const fast :
         {"tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"}) {
        if (*current == fast) {
            return subject.ok(*current);
        }
    }
    const auto offered = words_of(tree.line(folder + "available_clocksource").value_or(""));
    return subject.warn(*current + ": each reading is a system call",
                        has(offered, "tsc")
                            ? "echo tsc > /" + folder + "current_clocksource"
                            : "boot with tsc=reliable if the processor's counter is "
                              "constant");
}

Finding tick_counter(const SystemTree& tree, const std::vector<std::string>& flags) {
    const Subject subject{
        kProcessorGroup,
        "tick_counter",
        "latency cases read it for 9 ns an operation; the steady clock takes 23 to 70 ns"};
    if (flags.empty()) {
        return subject.unavailable("not an x86 processor: its own counter is used");
    }
    const bool constant = has(flags, "constant_tsc") && has(flags, "nonstop_tsc");
    const bool trusted =
        tree.line("sys/devices/system/clocksource/clocksource0/current_clocksource") == "tsc";
    if (constant && trusted) {
        return subject.ok("constant, never stops, and the kernel's own clock source");
    }
    return subject.warn(
        !constant ? "the time stamp counter changes its rate or stops: the clock is read instead"
                  : "the kernel does not use the time stamp counter: the clock is read instead",
        "latencies below 100 ns mean little here; everything else is not affected");
}

} // namespace

Findings processor_findings(const SystemTree& tree, const std::vector<unsigned>& allowed_cpus) {
    const std::vector<std::string> flags = cpu_flags(tree);
    return {cpus(tree, allowed_cpus),
            governor(tree, allowed_cpus),
            boost(tree),
            siblings(tree, allowed_cpus),
            hypervisor(tree, flags),
            clock_source(tree),
            tick_counter(tree, flags)};
}

} // namespace assay::app
