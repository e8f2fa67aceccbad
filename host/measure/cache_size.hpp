// The second-level cache of this machine: what a batch's inputs should fit into.
//
//   const std::uint64_t bytes = l2_cache_bytes();
//
// Callable from any thread.
#pragma once

#include <cstdint>

namespace assay::measure {

// Of one core, as the system tells; 0 = it does not.
[[nodiscard]] std::uint64_t l2_cache_bytes();

} // namespace assay::measure
