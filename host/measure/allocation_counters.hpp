// What the allocation counter counts, in the memory of the worker it was preloaded into. The
// library (host/worker/allocations) exports one object of this type; the measuring loop finds it by
// name.
//
//   AllocationCounters* const counters = allocation_counters();   // nullptr: not preloaded
//   counters->reset();
//   counters->watchers.fetch_add(1);  run();  counters->watchers.fetch_sub(1);
//   counters->allocations.load();
//
// Relaxed atomics: any thread counts, whoever reads has waited for the others. This header is all
// that the library takes of the host.
#pragma once

#include <atomic>
#include <cstdint>

namespace assay::measure {

struct AllocationCounters {
    std::atomic<std::uint32_t> watchers{0}; // lanes that are inside a counted run(); 0 = count not
    std::atomic<std::uint64_t> allocations{0}; // that succeeded; a realloc is one
    std::atomic<std::uint64_t> bytes{0};       // asked for by them
    std::atomic<std::int64_t> live{0};         // taken less given back, as the allocator holds it
    std::atomic<std::int64_t> peak_live{0};    // the most of it, at least 0
    // Anonymous memory taken from the system past malloc, by an allocator of the plugin's own.
    std::atomic<std::uint64_t> mapped{0};

    // Only while nobody watches.
    void reset() noexcept {
        allocations.store(0, std::memory_order_relaxed);
        bytes.store(0, std::memory_order_relaxed);
        live.store(0, std::memory_order_relaxed);
        peak_live.store(0, std::memory_order_relaxed);
        mapped.store(0, std::memory_order_relaxed);
    }
};

// The name under which the library exports its object.
inline constexpr const char* kAllocationCounters = "assay_allocation_counters";

// Those of this process. Nothing: the library is not loaded, or malloc is not its malloc (found out
// by one allocation). The first call decides.
[[nodiscard]] AllocationCounters* allocation_counters() noexcept;

} // namespace assay::measure
