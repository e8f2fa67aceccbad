// What families report of memory, and how it is read.
//
//   add_memory_metrics(family);
//   const MemoryReader reader(heap);                 // what there was before
//   ... take blocks of `live` bytes ...
//   const MemoryReading reading = reader.reading(heap, live);
//   report_memory(host, reading);
//
// One thread; while it lives nothing else may take much memory.
#pragma once

#include "heaps.hpp"
#include "new_counter.hpp"
#include "process_memory.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace assay::allocator_suite {

// Efficiencies, fragmentation, the share of pages.
void add_memory_metrics(assay::family_builder family);

// Peak resident memory of a batch.
void add_peak_metric(assay::family_builder family);

// Calls of operator new of an operation.
void add_new_metrics(assay::family_builder family);

// Blocks that verification read.
void add_verified_metric(assay::family_builder family);

// Around the blocks of a case: without them, and with them.
struct MemoryReading {
    std::uint64_t live = 0; // bytes that were asked for since, and are not given back
    std::optional<HeapBooks> books_before{}, books{};
    std::optional<ResidentMemory> resident_before{}, resident{};
};

void report_memory(assay::context& host, const MemoryReading& reading);

class MemoryReader {
public:
    explicit MemoryReader(const Heap& heap)
        : books_(books_of(heap))
        , resident_(resident_here()) {}

    [[nodiscard]] MemoryReading reading(const Heap& heap, std::uint64_t live) const {
        const Heap* const one = &heap;
        return reading({&one, 1}, live);
    }

    // Of heaps of one kind, one for each lane.
    [[nodiscard]] MemoryReading reading(std::span<const Heap* const> heaps,
                                        std::uint64_t live) const;

private:
    // Nothing under a sanitizer: its shadow and its quarantine would be measured.
    [[nodiscard]] static std::optional<ResidentMemory> resident_here() noexcept;

    std::optional<HeapBooks> books_;
    std::optional<ResidentMemory> resident_;
};

// Says once why figures will be missing in this process.
void say_what_is_unavailable(assay::context& host, const Heap& heap);

void report_peak(assay::context& host);
void report_new(assay::context& host, const NewCounts& counts, std::uint64_t operations);

} // namespace assay::allocator_suite
