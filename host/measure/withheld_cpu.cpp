#include "measure/withheld_cpu.hpp"

#include "measure/steal.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstdio>

namespace assay::measure {
namespace {

// Files of the kernel have no size: read to the end, which is near.
std::optional<std::string> kernel_text(const std::string& path) {
    std::FILE* const file = std::fopen(path.c_str(), "re");
    if (file == nullptr) {
        return std::nullopt;
    }
    std::string text(16 * 1024, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
}

std::optional<std::uint64_t> value_of(std::string_view line, std::string_view key) {
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ') {
        return std::nullopt;
    }
    const auto value = to_int64(trim(line.substr(key.size())));
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

void add(std::optional<std::uint64_t>& to, std::uint64_t more) {
    to = to.value_or(0) + more;
}

std::optional<std::uint64_t> difference(const std::optional<std::uint64_t>& before,
                                        const std::optional<std::uint64_t>& after) {
    if (!before || !after || *after < *before) { // a counter that went back is no counter
        return std::nullopt;
    }
    return *after - *before;
}

// The folder of one line of /proc/self/cgroup below the root, if its controller is the CPU's.
std::optional<std::string> mounted_at(const std::string& controllers) {
    if (controllers.empty()) { // version 2: one tree for all
        return "";
    }
    const std::vector<std::string> names = split(controllers, ',');
    const bool cpu = std::find(names.begin(), names.end(), "cpu") != names.end();
    return cpu ? std::optional("/" + controllers) : std::nullopt;
}

} // namespace

void add_throttling(WithheldCpu& to, std::string_view cpu_stat) {
    for (const std::string& line : split(cpu_stat, '\n')) {
        if (const auto periods = value_of(line, "nr_throttled")) {
            add(to.throttled_periods, *periods);
        } else if (const auto us = value_of(line, "throttled_usec")) {
            add(to.throttled_us, *us);
        } else if (const auto ns = value_of(line, "throttled_time")) {
            add(to.throttled_us, *ns / 1000);
        }
    }
}

std::vector<std::string> cpu_stat_files(std::string_view cgroups, const std::string& root) {
    std::vector<std::string> files;
    for (const std::string& line : split(cgroups, '\n')) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first == std::string::npos ? first : first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const auto mount = mounted_at(line.substr(first + 1, second - first - 1));
        std::string group = line.substr(second + 1);
        if (!mount || !group.starts_with('/') || group.find("/..") != std::string::npos) {
            continue; // a group outside of what is mounted here
        }
        while (!group.empty()) {
            if (group.back() == '/') {
                group.pop_back();
            }
            files.push_back(root + *mount + group + "/cpu.stat");
            group.resize(group.empty() ? 0 : group.rfind('/') + 1);
        }
    }
    return files;
}

WithheldCpu withheld_cpu() {
    WithheldCpu now;
    if (const auto ticks = processor_ticks()) {
        now.steal_ticks = ticks->steal;
    }
    if (const auto cgroups = kernel_text("/proc/self/cgroup")) {
        for (const std::string& file : cpu_stat_files(*cgroups, "/sys/fs/cgroup")) {
            if (const auto text = kernel_text(file)) {
                add_throttling(now, *text);
            }
        }
    }
    return now;
}

WithheldCpu withheld_between(const WithheldCpu& before, const WithheldCpu& after) {
    return {difference(before.steal_ticks, after.steal_ticks),
            difference(before.throttled_periods, after.throttled_periods),
            difference(before.throttled_us, after.throttled_us)};
}

} // namespace assay::measure
