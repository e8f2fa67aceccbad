// Processor time that was kept from this machine or this group of processes while a launch had its
// turn: by the hypervisor (steal) and by a quota of a cgroup (throttling). Neither can be told for
// a single slice of half a millisecond, so a whole launch is labelled.
//
//   const WithheldCpu before = withheld_cpu();
//   ...                                          // the slices of one launch
//   const WithheldCpu during = withheld_between(before, withheld_cpu());
//
// Callable from any thread, outside timed code: it reads files of the kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::measure {

// Since the machine or the group began, or between two readings. Absent: not known here.
struct WithheldCpu {
    std::optional<std::uint64_t> steal_ticks;       // of all CPUs, in 1/USER_HZ = 10 ms
    std::optional<std::uint64_t> throttled_periods; // of every cgroup above this process
    std::optional<std::uint64_t> throttled_us;

    [[nodiscard]] bool stolen() const noexcept { return steal_ticks.value_or(0) > 0; }

    [[nodiscard]] bool throttled() const noexcept {
        return throttled_periods.value_or(0) > 0 || throttled_us.value_or(0) > 0;
    }
};

[[nodiscard]] WithheldCpu withheld_cpu();
[[nodiscard]] WithheldCpu withheld_between(const WithheldCpu& before, const WithheldCpu& after);

// Adds what one cpu.stat says: nr_throttled with throttled_usec (version 2) or throttled_time
// (version 1, nanoseconds). A group without a quota may not have these lines.
void add_throttling(WithheldCpu& to, std::string_view cpu_stat);

} // namespace assay::measure
