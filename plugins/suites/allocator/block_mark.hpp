// What is written into every block, so that each page of it is really there, and read again before
// it is given back, so that a block that was handed out twice, or moved, is found out.
//
//   mark(block, bytes, word);            // first and last word, and one of each page between
//   intact += is_marked(block, bytes, word);
//
// Blocks have at least kLeastBytes. Pure but for the block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace assay::allocator_suite {

inline constexpr std::size_t kLeastBytes = 16;
inline constexpr std::size_t kPageBytes = 4096;

// The word of block number `number`: different for all of them.
[[nodiscard]] constexpr std::uint64_t word_of(std::uint64_t seed, std::uint64_t number) noexcept {
    return seed + (number + 1) * 0x9E3779B97F4A7C15ull;
}

inline void mark(void* block, std::size_t bytes, std::uint64_t word) noexcept {
    char* const at = static_cast<char*>(block);
    std::memcpy(at, &word, sizeof word);
    for (std::size_t page = kPageBytes; page + sizeof word < bytes; page += kPageBytes) {
        std::memcpy(at + page, &word, sizeof word);
    }
    const std::uint64_t last = ~word;
    std::memcpy(at + bytes - sizeof last, &last, sizeof last);
    asm volatile("" : : "r"(block) : "memory"); // whoever takes it next may read it
}

[[nodiscard]] inline bool
is_marked(const void* block, std::size_t bytes, std::uint64_t word) noexcept {
    const char* const at = static_cast<const char*>(block);
    std::uint64_t first = 0, last = 0;
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + bytes - sizeof last, sizeof last);
    return first == word && last == ~word;
}

} // namespace assay::allocator_suite
