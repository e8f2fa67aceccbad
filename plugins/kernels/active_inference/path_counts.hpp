// What a path to results counts: its requests, and the arithmetic they took or were spared.
//
//   counts.hits + counts.misses == counts.lookups;
//   work.ops_done + work.ops_skipped == work of the requests without reuse
//
// Plain values.
#pragma once

#include "active_inference/work_count.hpp"

#include <cstdint>

namespace assay::active_inference {

// Lookups, each counted once by whether its whole result was there.
struct FetchCounts {
    std::uint64_t lookups = 0, hits = 0, misses = 0;
    std::uint64_t partial_hits = 0; // misses that found a part of their result
};

struct PathWork : WorkCount {
    std::uint64_t logarithms_done = 0, logarithms_skipped = 0;
};

} // namespace assay::active_inference
