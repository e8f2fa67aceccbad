#include "lanes/processor_supply.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sched.h>
#include <sstream>

namespace assay::lanes {
namespace {

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

// Files of /proc and /sys have no size; empty where there is none.
std::string text_of_file(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// "200000 100000" or "max 100000".
std::optional<double> limit_of_version_2(const fs::path& folder) {
    std::istringstream text(text_of_file(folder / "cpu.max"));
    double quota = 0;
    double period = 0;
    return text >> quota >> period && quota > 0 && period > 0 ? std::optional(quota / period)
                                                              : std::nullopt;
}

// A quota of -1 is none.
std::optional<double> limit_of_version_1(const fs::path& folder) {
    std::istringstream quota_text(text_of_file(folder / "cpu.cfs_quota_us"));
    std::istringstream period_text(text_of_file(folder / "cpu.cfs_period_us"));
    double quota = 0;
    double period = 0;
    return quota_text >> quota && period_text >> period && quota > 0 && period > 0
               ? std::optional(quota / period)
               : std::nullopt;
}

} // namespace

std::optional<double> cpu_quota(std::string_view membership, const fs::path& root) {
    std::optional<double> least;
    const auto take = [&least](const std::optional<double>& limit) {
        if (limit && (!least || *limit < *least)) {
            least = limit;
        }
    };
    for (const std::string& line : split(membership, '\n')) {
        // "0::/a/b" in version 2, "7:cpu,cpuacct:/a/b" in version 1.
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first == std::string::npos ? first : first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::vector<std::string> names = split(controllers, ',');
        const bool version_2 = controllers.empty();
        if (!version_2 && std::ranges::find(names, "cpu") == names.end()) {
            continue;
        }
        fs::path group = fs::path(line.substr(second + 1)).relative_path();
        // Inside a container the path may be that of the host: then the mounted root is the group.
        for (;; group = group.parent_path()) {
            take(version_2 ? limit_of_version_2(root / group)
                           : limit_of_version_1(root / controllers / group));
            if (!version_2) {
                take(limit_of_version_1(root / "cpu" / group));
            }
            if (group.empty()) {
                break;
            }
        }
    }
    return least;
}

std::optional<std::pair<int, int>> cpus_of_one_core(const std::vector<int>& cpus,
                                                    const fs::path& root) {
    std::vector<std::pair<std::string, int>> seen;
    for (const int cpu : cpus) {
        const std::string siblings(trim(text_of_file(root / ("cpu" + std::to_string(cpu)) /
                                                     "topology" / "thread_siblings_list")));
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
    return {.cpus = allowed_cpus(),
            .quota = cpu_quota(text_of_file("/proc/self/cgroup"), "/sys/fs/cgroup")};
}

} // namespace assay::lanes
