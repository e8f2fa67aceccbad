// The control groups that share out CPU time to this process, and what they grant. Version 2 has
// one tree (cpu.max, cpu.stat), version 1 one per controller (cpu.cfs_quota_us, cpu.stat). A limit
// holds for everything below it, so all levels from the process's own group to the root of the
// mount count; inside a container the path of /proc/self/cgroup may lie outside of what is
// mounted, and then only the root answers.
//
//   const CpuQuota quota = cpu_quota(control_groups());
//   if (quota.cpus && *quota.cpus < 2) ...             // two lanes at once would be throttled
//
// Callable from any thread; every call reads anew.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::measure {

// The folders that exist of the groups with a CPU controller, each once, innermost first. `root`
// is that of the file system: its proc/self/cgroup and sys/fs/cgroup are read.
[[nodiscard]] std::vector<std::filesystem::path>
control_groups(const std::filesystem::path& root = "/");

struct CpuQuota {
    bool is_known = false;      // some group told, be it that it has no limit
    std::optional<double> cpus; // the smallest limit, in CPUs' worth of time; nothing = none
    std::string not_understood; // "<file> says '<text>'" where a group's words made no sense
};

[[nodiscard]] CpuQuota cpu_quota(std::span<const std::filesystem::path> groups);

} // namespace assay::measure
