#include "measure/control_group.hpp"

#include "support/kernel_file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace assay::measure {
namespace {

namespace fs = std::filesystem;

// A group and those above it, innermost first; of a path that leads elsewhere the root alone.
std::vector<fs::path> levels(const fs::path& mount, const std::string& group) {
    std::vector<fs::path> folders;
    fs::path path = fs::path(group).relative_path();
    if (group.starts_with('/') && group.find("..") == std::string::npos) {
        for (; !path.empty(); path = path.has_filename() ? path.parent_path() : fs::path()) {
            folders.push_back(mount / path);
        }
    }
    folders.push_back(mount);
    return folders;
}

// Mounts differ between distributions, and some are links to others.
void add_existing(std::vector<fs::path>& to, const std::vector<fs::path>& folders) {
    for (const fs::path& folder : folders) {
        std::error_code error;
        const fs::path real = fs::canonical(folder, error);
        if (!error && std::ranges::find(to, real) == to.end()) {
            to.push_back(real);
        }
    }
}

void take(CpuQuota& quota, double limit_us, double period_us) {
    quota.is_known = true;
    const double cpus = limit_us / period_us;
    quota.cpus = std::min(quota.cpus.value_or(cpus), cpus);
}

// "150000 100000" or "max 100000"
void read_version_2(const fs::path& group, CpuQuota& quota) {
    const std::string line = kernel_line(group / "cpu.max");
    if (line.empty()) {
        return;
    }
    const std::size_t gap = line.find(' ');
    const std::string limit_text = line.substr(0, gap);
    if (limit_text == "max" && gap != std::string::npos) {
        quota.is_known = true;
        return;
    }
    const auto limit = to_int64(limit_text);
    const auto period = gap == std::string::npos ? std::nullopt : to_int64(trim(line.substr(gap)));
    if (limit && period && *limit > 0 && *period > 0) {
        take(quota, static_cast<double>(*limit), static_cast<double>(*period));
    } else {
        quota.not_understood = (group / "cpu.max").string() + " says '" + line + "'";
    }
}

// A quota of -1 is none.
void read_version_1(const fs::path& group, CpuQuota& quota) {
    const auto limit = to_int64(kernel_line(group / "cpu.cfs_quota_us"));
    const auto period = to_int64(kernel_line(group / "cpu.cfs_period_us"));
    if (limit && *limit < 0) {
        quota.is_known = true;
    } else if (limit && *limit > 0 && period && *period > 0) {
        take(quota, static_cast<double>(*limit), static_cast<double>(*period));
    }
}

} // namespace

std::vector<fs::path> control_groups(const fs::path& root, std::string_view controller) {
    const fs::path base = root / "sys/fs/cgroup";
    std::vector<fs::path> groups;
    const std::string membership = kernel_text(root / "proc/self/cgroup").value_or("");
    for (const std::string& line : split(membership, '\n')) {
        // "0::/a/b" in version 2, "7:cpu,cpuacct:/a/b" in version 1.
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::vector<std::string> names = split(controllers, ',');
        const std::string group = line.substr(second + 1);
        if (controllers.empty()) {
            add_existing(groups, levels(base, group));
            add_existing(groups, levels(base / "unified", group));
        } else if (std::ranges::find(names, controller) != names.end()) {
            add_existing(groups, levels(base / controllers, group));
            add_existing(groups, levels(base / controller, group));
        }
    }
    return groups;
}

std::optional<std::uint64_t> memory_limit_bytes(std::span<const fs::path> groups) {
    std::optional<std::uint64_t> smallest;
    for (const fs::path& group : groups) {
        for (const char* const file : {"memory.max", "memory.limit_in_bytes"}) {
            if (const auto limit = to_int64(kernel_line(group / file)); limit && *limit > 0) {
                const auto bytes = static_cast<std::uint64_t>(*limit);
                smallest = std::min(smallest.value_or(bytes), bytes);
            }
        }
    }
    return smallest;
}

CpuQuota cpu_quota(std::span<const fs::path> groups) {
    CpuQuota quota;
    for (const fs::path& group : groups) {
        read_version_2(group, quota);
        read_version_1(group, quota);
    }
    return quota;
}

} // namespace assay::measure
