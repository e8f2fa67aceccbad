// The control group's share of CPU time. Version 2 has one tree (cpu.max, cpu.stat), version 1 one
// per controller (cpu.cfs_quota_us, cpu.stat). A limit holds for everything below it, so all levels
// from the process's own group to the root of the mount are asked; inside a container the path of
// /proc/self/cgroup may lie outside of what is mounted, and then only the root answers.
#include "app/doctor/finding_groups.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::app {
namespace {

constexpr const char* kGroup = "load";
constexpr std::size_t kLevelsMax = 64;

// The folders to ask, innermost first.
std::vector<std::string> levels(const std::string& mount, std::string path) {
    std::vector<std::string> folders;
    while (path.size() > 1 && path.front() == '/' && path.find("..") == std::string::npos &&
           folders.size() < kLevelsMax) {
        folders.push_back(mount + path);
        path.erase(path.rfind('/'));
    }
    folders.push_back(mount);
    return folders;
}

// "4:cpu,cpuacct:/group" -> its path if it has the controller; version 2 has none: "0::/group".
std::optional<std::string> group_path(const SystemTree& tree, std::string_view controller) {
    for (const std::string& line : split(tree.text("proc/self/cgroup").value_or(""), '\n')) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const auto names = split(line.substr(first + 1, second - first - 1), ',');
        if (std::ranges::find(names, controller) != names.end()) {
            return line.substr(second + 1);
        }
    }
    return std::nullopt;
}

struct Groups {
    std::vector<std::string> unified, cpu; // folders of version 2 and of version 1
};

Groups groups(const SystemTree& tree) {
    Groups found;
    const std::string base = "sys/fs/cgroup";
    for (const std::string& mount : {base, base + "/unified"}) {
        std::ranges::move(levels(mount, group_path(tree, "").value_or("/")),
                          std::back_inserter(found.unified));
    }
    for (const std::string& mount : {base + "/cpu", base + "/cpu,cpuacct"}) {
        std::ranges::move(levels(mount, group_path(tree, "cpu").value_or("/")),
                          std::back_inserter(found.cpu));
    }
    return found;
}

struct Quota {
    bool known = false;             // some file told
    std::optional<double> cpus;     // the smallest limit
    std::optional<std::string> bad; // what could not be understood
};

void take(Quota& quota, double limit_us, double period_us) {
    quota.known = true;
    const double cpus = limit_us / period_us;
    quota.cpus = std::min(quota.cpus.value_or(cpus), cpus);
}

// "150000 100000" or "max 100000"
void read_unified(const SystemTree& tree, const std::string& folder, Quota& quota) {
    const auto line = tree.line(folder + "/cpu.max");
    if (!line) {
        return;
    }
    const auto words = words_of(*line);
    if (words.size() == 2 && words[0] == "max") {
        quota.known = true;
        return;
    }
    const auto limit = words.size() == 2 ? to_int64(words[0]) : std::nullopt;
    const auto period = words.size() == 2 ? to_int64(words[1]) : std::nullopt;
    if (limit && period && *limit > 0 && *period > 0) {
        take(quota, static_cast<double>(*limit), static_cast<double>(*period));
    } else {
        quota.bad = folder + "/cpu.max says '" + *line + "'";
    }
}

void read_controller(const SystemTree& tree, const std::string& folder, Quota& quota) {
    const auto limit = tree.number(folder + "/cpu.cfs_quota_us");
    const auto period = tree.number(folder + "/cpu.cfs_period_us");
    if (limit && *limit < 0) {
        quota.known = true;
    } else if (limit && period && *period > 0) {
        take(quota, static_cast<double>(*limit), static_cast<double>(*period));
    }
}

Finding quota_finding(const SystemTree& tree, const Groups& all) {
    const Subject subject{kGroup,
                          "cpu_quota",
                          "with a quota used up, the kernel stops every process of the group until "
                          "the next period (usually 100 ms)"};
    Quota quota;
    std::ranges::for_each(all.unified,
                          [&](const auto& folder) { read_unified(tree, folder, quota); });
    std::ranges::for_each(all.cpu,
                          [&](const auto& folder) { read_controller(tree, folder, quota); });
    if (quota.cpus) {
        return subject.warn(fmt::format("{:.3g} CPUs' worth of time", *quota.cpus),
                            "raise it, or remove it for measuring (docker run without --cpus)");
    }
    if (quota.bad) {
        return subject.unavailable(*quota.bad);
    }
    return quota.known ? subject.ok("none")
                       : subject.unavailable("no control group with a CPU controller is visible");
}

Finding throttling(const SystemTree& tree, const Groups& all) {
    const Subject subject{
        kGroup, "throttled", "a throttled slice reads 100 ms and more in wall time"};
    std::optional<std::int64_t> most;
    for (const auto* folders : {&all.unified, &all.cpu}) {
        for (const std::string& folder : *folders) {
            const auto text = tree.text(folder + "/cpu.stat");
            if (const auto times = value_of(text.value_or(""), "nr_throttled")) {
                most = std::max(most.value_or(0), *times);
            }
        }
    }
    if (!most) {
        return subject.unavailable("the control group does not count it");
    }
    return *most <= 0 ? subject.ok("never")
                      : subject.warn(fmt::format("{} times since the group began", *most),
                                     "raise the quota of the group, or measure outside of it");
}

} // namespace

Findings quota_findings(const SystemTree& tree) {
    const Groups all = groups(tree);
    return {quota_finding(tree, all), throttling(tree, all)};
}

} // namespace assay::app
