// What the kernel says of this process's memory. Read without taking any: nothing here allocates.
//
//   const bool is_reset = reset_peak();           // the peak counts from now on
//   auto memory = resident_memory();              // {.rss, .pss}; nothing where it is not told
//   auto peak = peak_resident();
//
// Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::allocator_suite {

struct ResidentMemory {
    std::uint64_t rss = 0; // bytes, exact: /proc/self/statm is behind by some pages of each thread
    std::uint64_t pss = 0; // shared pages by their share
};

[[nodiscard]] std::optional<ResidentMemory> resident_memory() noexcept; // smaps_rollup
[[nodiscard]] std::optional<std::uint64_t> peak_resident() noexcept;    // VmHWM

// Writes 5 to /proc/self/clear_refs. False where that is not allowed.
bool reset_peak() noexcept;

// "Pss:     1234 kB" among lines of that kind: 1263616.
[[nodiscard]] std::optional<std::uint64_t> bytes_in(std::string_view lines,
                                                    std::string_view name) noexcept;

// "address", "thread", or empty: a sanitizer has an allocator of its own, and shadow memory.
[[nodiscard]] std::string_view sanitizer_here() noexcept;

} // namespace assay::allocator_suite
