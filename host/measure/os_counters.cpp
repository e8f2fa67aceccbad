#include "measure/os_counters.hpp"

#include <algorithm>
#include <limits>
#include <sched.h>
#include <sys/resource.h>

namespace assay::measure {
namespace {

std::uint64_t count(long value) noexcept {
    return value > 0 ? static_cast<std::uint64_t>(value) : 0;
}

std::uint32_t difference(std::uint64_t before, std::uint64_t after) noexcept {
    const std::uint64_t delta = after > before ? after - before : 0;
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(delta, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

OsCounters os_counters() noexcept {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    OsCounters now;
    now.voluntary_switches = count(usage.ru_nvcsw);
    now.involuntary_switches = count(usage.ru_nivcsw);
    now.minor_faults = count(usage.ru_minflt);
    now.major_faults = count(usage.ru_majflt);
    const int cpu = ::sched_getcpu();
    now.cpu = cpu < 0 ? std::uint16_t{0} : static_cast<std::uint16_t>(cpu);
    return now;
}

void fill(SliceRecord& record, const OsCounters& before, const OsCounters& after) noexcept {
    record.voluntary_switches = difference(before.voluntary_switches, after.voluntary_switches);
    record.involuntary_switches =
        difference(before.involuntary_switches, after.involuntary_switches);
    record.minor_faults = difference(before.minor_faults, after.minor_faults);
    record.major_faults = difference(before.major_faults, after.major_faults);
    record.cpu_before = before.cpu;
    record.cpu_after = after.cpu;
}

} // namespace assay::measure
