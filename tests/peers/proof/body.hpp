// The two bodies of the proof, and the regression in time that a build may carry. Assay's plugins
// and Google Benchmark's programs compile this header with the same flags; a build is slower by
// ASSAY_PROOF_LINKS further links of the multiply chain.
//
//   proof::alu(proof::appended_links());   // 1 ms and what this build takes longer
//
// Builds of one body differ in that single number and in nothing else: it is read from memory
// through a volatile, so that no machine code and no address depends on it. More elements instead
// of a chain would not do: 5 % more entries of the map take 0.5 % more time, because allocator
// thresholds and bucket counts come in steps.
#pragma once

#include <cstdint>
#include <unordered_map>

#ifndef ASSAY_PROOF_LINKS
#define ASSAY_PROOF_LINKS 0
#endif

namespace proof {

inline constexpr std::uint64_t kOddFactor = 0x9E3779B97F4A7C15ULL;
inline constexpr std::uint64_t kAluLinks = 1'150'000; // about 1 ms at 3.5 GHz, 3 cycles a link
inline constexpr std::uint64_t kMapEntries = 13'000;  // about 0.7 ms

// Every multiplication needs the one before; no memory. One function for all callers, so that the
// chain costs the same wherever it is appended.
[[gnu::noinline]] inline std::uint64_t multiply_chain(std::uint64_t x,
                                                      std::uint64_t links) noexcept {
    for (std::uint64_t i = 0; i < links; ++i) {
        x *= kOddFactor;
        asm volatile("" : "+r"(x)); // multiplications by a constant must not become one
    }
    return x;
}

// One more than the number of links: a zero would be put into another section, and move addresses.
inline const volatile std::uint64_t links_and_one = ASSAY_PROOF_LINKS + 1;

inline std::uint64_t appended_links() noexcept {
    return links_and_one - 1;
}

// The links come after the body and start from its result, so that nothing of them overlaps with
// it; their own result is thrown away, so that every build returns the same.
inline std::uint64_t with_links(std::uint64_t result, std::uint64_t links) noexcept {
    std::uint64_t end = multiply_chain(result | 1, links);
    asm volatile("" : : "r"(end));
    return result;
}

// No memory: what differs between two measurements of it is the machine's doing.
inline std::uint64_t alu(std::uint64_t links) noexcept {
    return with_links(multiply_chain(1, kAluLinks), links);
}

// Builds, probes and destroys a hash map: the layout of the heap and of the pages matters.
inline std::uint64_t allocating(std::uint64_t links) {
    std::uint64_t sum = 0;
    {
        std::unordered_map<std::uint64_t, std::uint64_t> map;
        for (std::uint64_t i = 0; i < kMapEntries; ++i) {
            map.emplace(i * kOddFactor, i);
        }
        for (std::uint64_t i = 0; i < kMapEntries; ++i) {
            sum += map.find(i * kOddFactor)->second + map.count(i * kOddFactor + 1);
        }
    }
    return with_links(sum, links);
}

} // namespace proof
