// The clocks of a slice, what reading them costs, and which of them is a case's primary one.
//
//   const Clock primary = resolve_clock(family, lanes);
//   const double bound = clock_cost_s(primary) / slice_s;
//
// Callable from any thread; thread_cpu_ns() is the calling thread's.
#pragma once

#include "measure/description.hpp"

#include <cstdint>

namespace assay::measure {

[[nodiscard]] std::uint64_t monotonic_ns() noexcept;
[[nodiscard]] std::uint64_t thread_cpu_ns() noexcept;
[[nodiscard]] std::uint64_t process_cpu_ns() noexcept;

// What an empty pair of that clock reads, measured now on this machine (about 50 us of work).
// Manual time is bracketed by the monotonic clock.
[[nodiscard]] double clock_cost_s(Clock clock) noexcept;

// AUTO: manual by shape; wall for lanes > 1 and where the case waits for disk, network or GPU;
// otherwise `open`: thread CPU, or wall where the system has no such clock or a sample of the
// machine decided so (verdict/machine_decisions.hpp).
[[nodiscard]] Clock resolve_clock(const FamilyDescription& family,
                                  std::uint32_t lanes,
                                  Clock open = Clock::thread_cpu) noexcept;

[[nodiscard]] bool has_thread_cpu_clock() noexcept;

// Half a cycle of the fastest this processor goes, 0.1 ns where it does not say: a kept body cannot
// be faster.
[[nodiscard]] double shortest_iteration_s() noexcept;

} // namespace assay::measure
