// The control group's share of CPU time, and whether it has been used up.
#include "app/doctor/finding_groups.hpp"
#include "measure/control_group.hpp"
#include "support/kernel_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::app {
namespace {

constexpr const char* kQuotaGroup = "load";

using Groups = std::vector<std::filesystem::path>;

Finding quota_finding(const Groups& groups) {
    const Subject subject{kQuotaGroup,
                          "cpu_quota",
                          "with a quota used up, the kernel stops every process of the group until "
                          "the next period (usually 100 ms)"};
    const measure::CpuQuota quota = measure::cpu_quota(groups);
    if (quota.cpus) {
        return subject.warn(fmt::format("{:.3g} CPUs' worth of time", *quota.cpus),
                            "raise it, or remove it for measuring (docker run without --cpus)");
    }
    if (!quota.not_understood.empty()) {
        return subject.unavailable(quota.not_understood);
    }
    return quota.is_known
               ? subject.ok("none")
               : subject.unavailable("no control group with a CPU controller is visible");
}

Finding throttling(const Groups& groups) {
    const Subject subject{
        kQuotaGroup, "throttled", "a throttled slice reads 100 ms and more in wall time"};
    std::optional<std::int64_t> most;
    for (const std::filesystem::path& group : groups) {
        const std::string text = kernel_text(group / "cpu.stat").value_or("");
        if (const auto times = value_of(text, "nr_throttled")) {
            most = std::max(most.value_or(0), *times);
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
    const Groups groups = measure::control_groups(tree.root());
    return {quota_finding(groups), throttling(groups)};
}

} // namespace assay::app
