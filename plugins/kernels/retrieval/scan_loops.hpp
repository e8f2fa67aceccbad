// Dot products of one query with many rows: the loop that a scan spends its time in, compiled once
// for each level of x86-64.
//
//   scan_loops().dots(rows, count, stride, query, out);
//
// Rows lie `stride` floats apart, a multiple of kRowMultiple, zero beyond their dimension; neither
// has to be aligned. A row's result does not depend on the rows beside it. Pure; any thread.
#pragma once

#include "isa_level/isa_level.hpp"

#include <cstddef>

namespace assay::retrieval {

inline constexpr std::size_t kRowMultiple = 16;  // floats; what one vector of AVX-512 holds
inline constexpr std::size_t kCodeMultiple = 64; // bytes

struct ScanLoops {
    void (*dots)(
        const float* rows, std::size_t count, std::size_t stride, const float* query, float* out);
    // The same of rows of bytes, a multiple of kCodeMultiple apart.
    void (*screen)(const signed char* rows,
                   std::size_t count,
                   std::size_t stride,
                   const float* query,
                   float* out);
    // Any dimension.
    float (*dot)(const float* one, const float* other, std::size_t dimension);
    // From so many rows on `screen` is worth its while: reading less then saves more than widening
    // bytes costs, which plain x86-64 has no instruction for.
    std::size_t screened_rows;
};

namespace v1 {
const ScanLoops& scan_loops() noexcept;
}

namespace v3 {
const ScanLoops& scan_loops() noexcept;
}

namespace v4 {
const ScanLoops& scan_loops() noexcept;
}

// Of this processor.
[[nodiscard]] const ScanLoops& scan_loops() noexcept;

// Of one level, so that levels can be compared in one process. Nothing checks that the processor
// has it: isa_level() says what it has.
[[nodiscard]] const ScanLoops& scan_loops(IsaLevel level) noexcept;

} // namespace assay::retrieval
