#include "lanes/processor_supply.hpp"

#include "measure/control_group.hpp"
#include "support/kernel_file.hpp"

#include <sched.h>
#include <sstream>

namespace assay::lanes {
namespace fs = std::filesystem;

std::vector<int> allowed_cpus() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    std::vector<int> cpus;
    if (::sched_getaffinity(0, sizeof mask, &mask) == 0) {
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (CPU_ISSET(cpu, &mask)) {
                cpus.push_back(cpu);
            }
        }
    }
    return cpus;
}

std::vector<int>
cpus_of_lanes(const std::vector<int>& cpus, std::uint32_t lanes, std::size_t first) {
    std::vector<int> chosen;
    if (lanes < 2 || lanes > cpus.size()) {
        return chosen;
    }
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        chosen.push_back(cpus[(first + lane) % cpus.size()]);
    }
    return chosen;
}

std::optional<std::pair<int, int>> cpus_of_one_core(const std::vector<int>& cpus,
                                                    const fs::path& root) {
    std::vector<std::pair<std::string, int>> seen;
    for (const int cpu : cpus) {
        const std::string siblings =
            kernel_line(root / ("cpu" + std::to_string(cpu)) / "topology" / "thread_siblings_list");
        if (siblings.empty()) {
            continue;
        }
        for (const auto& [list, other] : seen) {
            if (list == siblings) {
                return std::pair(other, cpu);
            }
        }
        seen.emplace_back(siblings, cpu);
    }
    return std::nullopt;
}

std::optional<std::string> why_one_measures(const ProcessorSupply& supply, std::uint32_t lanes) {
    constexpr double kForTwo = 2;
    if (supply.cpus.size() < 2) {
        return "there is one CPU";
    }
    if (supply.quota && *supply.quota < kForTwo) {
        std::ostringstream text;
        text << "the control group grants " << *supply.quota << " CPUs of time";
        return text.str();
    }
    if (lanes > supply.cpus.size()) {
        return "there are more lanes than the " + std::to_string(supply.cpus.size()) +
               " CPUs, so that two could meet on one";
    }
    return std::nullopt;
}

ProcessorSupply processor_supply() {
    return {.cpus = allowed_cpus(), .quota = measure::cpu_quota(measure::control_groups()).cpus};
}

} // namespace assay::lanes
