// What the operating system counts for the calling thread: switches, faults, the processor it is
// on. Read directly before and after run(), stored as differences.
//
//   const OsCounters before = os_counters();  run();  fill(record, before, os_counters());
//
// Each reading belongs to the thread that took it.
#pragma once

#include "measure/slice.hpp"

#include <cstdint>

namespace assay::measure {

struct OsCounters {
    std::uint64_t voluntary_switches = 0, involuntary_switches = 0;
    std::uint64_t minor_faults = 0, major_faults = 0;
    std::uint16_t cpu = 0;
};

[[nodiscard]] OsCounters os_counters() noexcept;

// Writes the differences and both processors into the record.
void fill(SliceRecord& record, const OsCounters& before, const OsCounters& after) noexcept;

} // namespace assay::measure
