// What one result costs when it must be computed from nothing, and when it lies in the cache: the
// two figures behind `build_time`, `hit_time` and `speedup_bound`.
//
// Measured beside the case, on paths of its own, with the host's clock, outside timed batches. Hits
// are asked for in the order of the case's stream, from a cache that holds as much as the case's
// own could: a hit in a cache of 16 MiB waits for memory, one in a cache of 64 KiB does not.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "transition_workload.hpp"

#include <cstdint>
#include <functional>

namespace assay::matrix_caching {

struct AccessCost {
    double build_ns = 0, hit_ns = 0;
};

using NanosecondClock = std::function<std::uint64_t()>;

// Each the least of five readings over many calls: whatever disturbs a reading only adds to it.
[[nodiscard]] AccessCost measure_access_cost(const TransitionWorkload& work,
                                             active_inference::ByteCacheOptions cache,
                                             const NanosecondClock& now_ns);

// The most that a cache can gain which saves the share `savings` of the operations:
// 1 / (1 - s + s * hit / build). With no shared prefixes s is the hit rate.
[[nodiscard]] double speedup_bound(double savings, const AccessCost& cost) noexcept;

} // namespace assay::matrix_caching
