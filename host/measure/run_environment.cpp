#include "measure/run_environment.hpp"

#include "measure/control_group.hpp"
#include "measure/host_build.hpp"
#include "measure/platform_sources.hpp"
#include "measure/processor.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <sys/resource.h>

namespace assay::measure {
namespace {

const std::string kCpus = "sys/devices/system/cpu/";

json::value text_or_null(const std::optional<std::string>& text) {
    return text && !text->empty() ? json::value(*text) : json::value(nullptr);
}

// What the kernel was started with, as far as it bears on speed; the rest is nobody's business.
json::array kernel_arguments(const SystemTree& tree) {
    constexpr std::array<std::string_view, 13> kNames{"isolcpus",
                                                      "nohz_full",
                                                      "rcu_nocbs",
                                                      "mitigations",
                                                      "intel_pstate",
                                                      "amd_pstate",
                                                      "intel_idle.max_cstate",
                                                      "processor.max_cstate",
                                                      "idle",
                                                      "nosmt",
                                                      "tsc",
                                                      "transparent_hugepage",
                                                      "hugepages"};
    json::array arguments;
    for (const std::string& word : words_of(tree.text("proc/cmdline").value_or(""))) {
        if (std::ranges::find(kNames, std::string_view(word).substr(0, word.find('='))) !=
            kNames.end()) {
            arguments.emplace_back(word);
        }
    }
    return arguments;
}

// Above the nominal frequency or not; the two drivers have opposite switches.
json::value turbo(const SystemTree& tree) {
    if (const auto off = tree.number(kCpus + "intel_pstate/no_turbo")) {
        return *off == 0;
    }
    const auto on = tree.number(kCpus + "cpufreq/boost");
    return on ? json::value(*on != 0) : json::value(nullptr);
}

json::value tsc(const std::vector<std::string>& flags) {
    const auto has = [&](const char* name) {
        return std::ranges::find(flags, name) != flags.end();
    };
    if (!has("tsc")) {
        return nullptr;
    }
    return json::value(has("constant_tsc") && has("nonstop_tsc") ? "constant" : "varying");
}

// "always [madvise] never" -> "madvise"
json::value chosen(const std::optional<std::string>& line) {
    const std::size_t open = line ? line->find('[') : std::string::npos;
    const std::size_t close = line ? line->find(']') : std::string::npos;
    return open == std::string::npos || close == std::string::npos || close < open
               ? json::value(nullptr)
               : json::value(line->substr(open + 1, close - open - 1));
}

json::value limit(int resource) {
    rlimit got{};
    return ::getrlimit(static_cast<__rlimit_resource_t>(resource), &got) != 0 ||
                   got.rlim_cur == RLIM_INFINITY
               ? json::value(nullptr)
               : json_count(got.rlim_cur);
}

// Of this process and its control group; null = none.
json::object limits(const SystemTree& tree) {
    const CpuQuota quota = cpu_quota(control_groups(tree.root(), "cpu"));
    const auto memory = memory_limit_bytes(control_groups(tree.root(), "memory"));
    constexpr std::uint64_t kBeyondAllMemory = std::uint64_t{1} << 60; // "none" of version 1
    return {{"cpu_quota", quota.cpus ? json_number(*quota.cpus) : json::value(nullptr)},
            {"memory_bytes",
             memory && *memory < kBeyondAllMemory ? json_count(*memory) : json::value(nullptr)},
            {"address_space_bytes", limit(RLIMIT_AS)},
            {"locked_bytes", limit(RLIMIT_MEMLOCK)},
            {"stack_bytes", limit(RLIMIT_STACK)},
            {"open_files", limit(RLIMIT_NOFILE)}};
}

} // namespace

json::object describe_environment(const SystemTree& tree) {
    const Processor processor = read_processor(tree, allowed_cpus());
    const HostBuild build = host_build();
    const auto randomize = tree.number("proc/sys/kernel/randomize_va_space");
    json::object environment;
    environment["kernel"] = text_or_null(tree.line("proc/sys/kernel/osrelease"));
    environment["kernel_build"] = text_or_null(tree.line("proc/sys/kernel/version"));
    environment["kernel_arguments"] = kernel_arguments(tree);
    environment["microcode"] = json_text(processor.microcode);
    environment["firmware"] = text_or_null(tree.line("sys/class/dmi/id/bios_version"));
    environment["governor"] = text_or_null(tree.line(kCpus + "cpu0/cpufreq/scaling_governor"));
    environment["turbo"] = turbo(tree);
    environment["smt"] = text_or_null(tree.line(kCpus + "smt/control"));
    environment["aslr"] = randomize ? json::value(*randomize != 0) : json::value(nullptr);
    environment["tsc"] = tsc(processor.flags);
    environment["clock_source"] =
        text_or_null(tree.line("sys/devices/system/clocksource/clocksource0/current_clocksource"));
    environment["huge_pages"] = chosen(tree.line("sys/kernel/mm/transparent_hugepage/enabled"));
    environment["cpu_flags"] = json_text(join(processor.flags, " "));
    environment["libc"] = json_text(build.libc);
    environment["compiler"] = build.compiler;
    environment["flags"] = build.flags;
    environment["optimised"] = build.optimised;
    environment["sanitizer"] = json_text(build.sanitizer);
    environment["limits"] = limits(tree);
    return environment;
}

std::optional<double> load_average(const SystemTree& tree) {
    const auto line = tree.line("proc/loadavg");
    return line ? to_double(line->substr(0, line->find(' '))) : std::nullopt;
}

} // namespace assay::measure
