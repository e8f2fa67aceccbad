// The control groups that share out CPU time and memory to this process, and what they grant.
// Version 2 has one tree (cpu.max, memory.max), version 1 one per controller (cpu.cfs_quota_us,
// memory.limit_in_bytes). A limit
// holds for everything below it, so all levels from the process's own group to the root of the
// mount count; inside a container the path of /proc/self/cgroup may lie outside of what is
// mounted, and then only the root answers.
//
//   const CpuQuota quota = cpu_quota(control_groups());
//   if (quota.cpus && *quota.cpus < 2) ...             // two lanes at once would be throttled
//
// Callable from any thread; every call reads anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::measure {

// The folders that exist of the groups with that controller ("cpu", "memory"), each once, innermost
// first. `root` is that of the file system: its proc/self/cgroup and sys/fs/cgroup are read.
[[nodiscard]] std::vector<std::filesystem::path>
control_groups(const std::filesystem::path& root = "/", std::string_view controller = "cpu");

struct CpuQuota {
    bool is_known = false;      // some group told, be it that it has no limit
    std::optional<double> cpus; // the smallest limit, in CPUs' worth of time; nothing = none
    std::string not_understood; // "<file> says '<text>'" where a group's words made no sense
};

[[nodiscard]] CpuQuota cpu_quota(std::span<const std::filesystem::path> groups);

// The smallest limit of those groups of the memory controller; nothing = none is told. Version 1
// writes "no limit" as a number beyond all memory.
[[nodiscard]] std::optional<std::uint64_t>
memory_limit_bytes(std::span<const std::filesystem::path> groups);

} // namespace assay::measure
