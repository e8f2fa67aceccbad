// Work that is the same on every machine and in every version: what a machine's noise, and lanes
// that measure at once, are judged by.
//
//   ReferenceKernel memory(KernelKind::memory);
//   memory.run(n);
//
// One thread per object.
#pragma once

#include "measure/slice.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::measure {

enum class KernelKind {
    alu,    // dependent multiplications, no memory
    memory, // dependent reads in random order over 4 MiB: beyond a second-level cache
};

std::string_view name_of(KernelKind kind) noexcept;

class ReferenceKernel {
public:
    explicit ReferenceKernel(KernelKind kind);

    // n links of its chain.
    void run(std::uint64_t n) noexcept;

    // How many links take about `seconds` of this thread's CPU time now; at least 1.
    [[nodiscard]] std::uint64_t links_for(double seconds);

    // One timed batch with what the system counted meanwhile.
    [[nodiscard]] SliceRecord slice(std::uint64_t n) noexcept;

private:
    std::vector<std::uint32_t> next_; // one cycle through all entries
    std::uint32_t at_ = 0;
};

} // namespace assay::measure
