// Patterns whose outcome is known, lived through by the allocator that is timed afterwards.
//
//   check_half_freed(heap);          // 2000 blocks of 24 bytes, every second one given back: 0.75
//   blocks += check_contents(heap, seed);
//
// Throws assay::wrong_result with what was expected. One thread.
#pragma once

#include "heaps.hpp"

#include <cstdint>
#include <optional>

namespace assay::allocator_suite {

// 1000 blocks of 24 bytes stay; each needs 32 with its header, or 48 where it was put into a hole
// whose rest is too small for another.
inline constexpr std::size_t kPatternBlocks = 2000, kPatternBytes = 24, kPatternBlockBytes = 32;

struct HalfFreed {
    std::uint64_t live = 0;   // bytes that were asked for
    std::uint64_t needed = 0; // by these blocks, one by one
    std::uint64_t in_use = 0; // as the books have it
};

// Nothing where the allocator keeps no books.
[[nodiscard]] std::optional<HalfFreed> half_freed(Heap& heap);

// Holds the books to the blocks, and the blocks to what is known of them: 0.75. Tried three times,
// since other threads of the process may allocate meanwhile.
void check_half_freed(Heap& heap);

// Blocks of all sizes, written in full, survive while others come and go; all are at 16 bytes.
// Returns how many were read.
std::uint64_t check_contents(Heap& heap, std::uint64_t seed);

} // namespace assay::allocator_suite
