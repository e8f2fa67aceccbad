// What one case allocates, from launches of their own (--memory): what came of them, and how it
// stands in the results.
//
//   MemoryFigures memory = launcher.memory({suite, planned, options, slice_iterations});
//   add_memory(memory, result);     // allocations, allocated_bytes, peak_live_bytes,
//   memory_peak_rss
//
// Pure; any thread.
#pragma once

#include "app/session/work_counts.hpp"
#include "measure/launch.hpp"
#include "report/event.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::app {

struct MemoryLaunch {
    std::vector<measure::MemoryBatch> batches; // of n iterations, then of 2n where the family can
    std::uint64_t peak_rss_bytes = 0;
    std::vector<std::string> notes = {};
};

struct MemoryFigures {
    std::vector<MemoryLaunch> launches;
    std::string reason;           // why there are none, or fewer than asked for
    std::uint64_t iterations = 0; // n
    std::uint32_t lanes = 1;

    [[nodiscard]] bool complete() const noexcept { return !launches.empty() && reason.empty(); }
};

// Two show whether a case allocates the same every time.
inline constexpr std::uint32_t kMemoryLaunches = 2;

// As many iterations as a counting launch has.
measure::LaunchRequest memory_request(const CountWish& wish);

// Appends the metrics, unavailable with their reason where nothing was counted, and notes: what
// differs between launches, what does not scale, what is kept, what was not seen. A key that the
// case itself reports stays the case's, and a note says so.
void add_memory(const MemoryFigures& memory, report::CaseResult& result);

} // namespace assay::app
