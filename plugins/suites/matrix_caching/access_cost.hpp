// What one result costs when it must be computed from nothing, when it lies in the cache, and when
// only its parts do: the figures behind `build_time`, `hit_time` and `speedup_bound`.
//
//   AccessCost cost = measure_access_cost(work, stream, "cached", cache, seed, thread_cpu_ns);
//
// Measured beside the case, on paths of its own, outside timed batches, in CPU time of the thread:
// a request of milliseconds is hardly ever left alone by other processes. Where memory is part of
// the cost it is as far away as in the case: hits and parts are asked for in the order of its
// stream, hits from a cache that holds as much as the case's own could, and keeping writes to as
// much memory as the limit.
#pragma once

#include "active_inference/access_pattern.hpp"
#include "active_inference/byte_cache.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace assay::matrix_caching {

class Workload;

struct AccessCost {
    double build_ns = 0;
    double hit_ns = 0;  // 0 on a path that looks nothing up
    double part_ns = 0; // Workload::measure_part_ns()
    double keep_ns = 0; // writing one entry, without looking for room; 0 as hit_ns
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

// The least mean of a call over as many keys as a reading takes; every reading has keys of its own:
// asked for again, the same results would lie in the processor's caches as they do in no stream.
[[nodiscard]] double least_ns(std::span<const std::uint32_t> keys,
                              std::size_t keys_per_reading,
                              const NanosecondClock& now_ns,
                              const std::function<void(std::uint32_t)>& call);

// Of writing one entry of so many bytes to memory of so many, somewhere else every time.
[[nodiscard]] double
measure_keep_ns(std::size_t entry_bytes, std::size_t memory_bytes, const NanosecondClock& now_ns);

} // namespace assay::matrix_caching
