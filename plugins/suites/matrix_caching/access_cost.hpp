// What one result costs when it must be computed from nothing, when it lies in the cache, and when
// only its parts do: the figures behind `build_time`, `hit_time` and `speedup_bound`.
//
//   AccessCost cost = measure_access_cost(work, stream, "cached", cache, seed, thread_cpu_ns);
//
// Measured beside the case, on paths of its own, outside timed batches, in CPU time of the thread:
// a request of milliseconds is hardly ever left alone by other processes. Hits are asked for in the
// order of the case's stream, from a cache that holds as much as the case's own could: a hit in a
// cache of 16 MiB waits for memory, one in a cache of 64 KiB does not.
#pragma once

#include "active_inference/access_pattern.hpp"
#include "active_inference/byte_cache.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace assay::matrix_caching {

class Workload;

struct AccessCost {
    double build_ns = 0;
    double hit_ns = 0;  // 0 on a path that looks nothing up
    double part_ns = 0; // Workload::measure_part_ns()
};

using NanosecondClock = std::function<std::uint64_t()>;

[[nodiscard]] std::uint64_t thread_cpu_ns() noexcept;

// Each the least of five readings over many calls: whatever disturbs a reading only adds to it.
[[nodiscard]] AccessCost measure_access_cost(const Workload& work,
                                             const active_inference::AccessStream& stream,
                                             std::string_view path,
                                             active_inference::ByteCacheOptions cache,
                                             std::uint64_t seed,
                                             const NanosecondClock& now_ns);

// The most that a cache can gain which saves the share `savings` of the work:
// 1 / (1 - s + s * hit / build).
[[nodiscard]] double speedup_bound(double savings, const AccessCost& cost) noexcept;

} // namespace assay::matrix_caching
