#include "memory_metrics.hpp"

#include <algorithm>

namespace assay::allocator_suite {
namespace {

double difference(std::uint64_t now, std::uint64_t before) noexcept {
    return static_cast<double>(now) - static_cast<double>(before);
}

// Arenas are told one by one; the others have one set of books for all threads.
std::optional<HeapBooks> books_of_all(std::span<const Heap* const> heaps) noexcept {
    std::optional<HeapBooks> all = books_of(*heaps.front());
    for (const Heap* const heap : heaps.subspan(1)) {
        const auto more = books_of(*heap);
        if (!all || !more || !more->free_blocks) {
            break;
        }
        all->in_use += more->in_use;
        all->held += more->held;
        all->free_blocks->total += more->free_blocks->total;
        all->free_blocks->largest = std::max(all->free_blocks->largest, more->free_blocks->largest);
    }
    return all;
}

} // namespace

void add_memory_metrics(assay::family_builder family) {
    family.metric("live_bytes", "By", assay::no_direction, assay::sum)
        .help("asked for and not given back, at all readings together");
    family.metric("in_use_bytes", "By", assay::no_direction, assay::sum)
        .help("what the allocator counts as handed out for them: mallinfo2's uordblks + hblkhd, or "
              "the arena's blocks with their headers");
    family.metric("efficiency", "1", assay::higher, assay::ratio("live_bytes", "in_use_bytes"))
        .help("live_bytes / in_use_bytes");
    family.metric("resident_bytes", "By", assay::no_direction, assay::sum)
        .help("by how much resident memory grew for them (Rss of smaps_rollup)");
    family
        .metric("efficiency_rss", "1", assay::higher, assay::ratio("live_bytes", "resident_bytes"))
        .help("live_bytes / resident_bytes");
    family.metric("held_bytes", "By", assay::no_direction, assay::sum)
        .help("what the allocator has from the system: mallinfo2's arena + hblkhd, or the arena's "
              "regions");
    family.metric("unused_bytes", "By", assay::no_direction, assay::sum)
        .help("of these, what is not handed out");
    family.metric("fragmentation", "1", assay::lower, assay::ratio("unused_bytes", "held_bytes"))
        .help("unused_bytes / held_bytes; of glibc the heap of the whole worker");
    family.metric("free_block_bytes", "By", assay::no_direction, assay::sum)
        .help("of all free blocks of the arena");
    family.metric("scattered_bytes", "By", assay::no_direction, assay::sum)
        .help("of all but the largest");
    family
        .metric("external_fragmentation",
                "1",
                assay::lower,
                assay::ratio("scattered_bytes", "free_block_bytes"))
        .help("1 - largest free block / all free blocks; the arena alone tells");
    family.metric("pss", "By", assay::lower)
        .help("resident memory of the worker with shared pages by their share (smaps_rollup)");
}

void add_peak_metric(assay::family_builder family) {
    family.metric("resident_peak", "By", assay::lower, assay::max)
        .help("most resident memory of the worker since the batch was prepared (VmHWM after 5 was "
              "written to clear_refs)");
}

void add_new_metrics(assay::family_builder family) {
    family.metric("new_calls", "{call}", assay::no_direction, assay::sum)
        .help("of operator new within this suite, in operations that are not timed");
    family.metric("new_bytes", "By", assay::no_direction, assay::sum).help("asked for by them");
    family.metric("counted_operations", "{operation}", assay::no_direction, assay::sum)
        .help("operations that were counted");
    family
        .metric("new_calls_per_operation",
                "{call}/{operation}",
                assay::lower,
                assay::ratio("new_calls", "counted_operations"))
        .help("new_calls / counted_operations")
        .exact();
    family
        .metric("new_bytes_per_operation",
                "By/{operation}",
                assay::lower,
                assay::ratio("new_bytes", "counted_operations"))
        .help("new_bytes / counted_operations")
        .exact();
}

void add_verified_metric(assay::family_builder family) {
    family.metric("blocks_verified", "{block}", assay::no_direction, assay::sum)
        .help("blocks whose contents verification read in full, or at both ends")
        .exact();
}

std::optional<ResidentMemory> MemoryReader::resident_here() noexcept {
    return sanitizer_here().empty() ? resident_memory() : std::nullopt;
}

MemoryReading MemoryReader::reading(std::span<const Heap* const> heaps, std::uint64_t live) const {
    return {.live = live,
            .books_before = books_,
            .books = books_of_all(heaps),
            .resident_before = resident_,
            .resident = resident_here()};
}

void report_memory(assay::context& host, const MemoryReading& reading) {
    host.metric("live_bytes", static_cast<double>(reading.live));
    if (const auto& books = reading.books; books && reading.books_before) {
        host.metric("in_use_bytes", difference(books->in_use, reading.books_before->in_use));
        host.metric("held_bytes", static_cast<double>(books->held));
        host.metric("unused_bytes", difference(books->held, books->in_use));
    }
    if (reading.books && reading.books->free_blocks) {
        const FreeBlocks& free = *reading.books->free_blocks;
        host.metric("free_block_bytes", static_cast<double>(free.total));
        host.metric("scattered_bytes", difference(free.total, free.largest));
    }
    if (reading.resident && reading.resident_before) {
        host.metric("resident_bytes",
                    difference(reading.resident->rss, reading.resident_before->rss));
        host.metric("pss", static_cast<double>(reading.resident->pss));
    }
}

void say_what_is_unavailable(assay::context& host, const Heap& heap) {
    if (const std::string_view sanitizer = sanitizer_here(); !sanitizer.empty()) {
        host.warn("built with the " + std::string(sanitizer) +
                  " sanitizer, whose allocator and shadow memory would be measured: resident "
                  "memory, the books of glibc and calls of operator new are unavailable");
    } else if (std::holds_alternative<GlibcHeap>(heap) && !books_of(heap)) {
        host.warn("malloc is not the C library's here: what mallinfo2 says is not about it, "
                  "efficiency and fragmentation are unavailable");
    }
}

void report_peak(assay::context& host) {
    if (!sanitizer_here().empty()) {
        return;
    }
    if (const auto peak = peak_resident()) {
        host.metric("resident_peak", static_cast<double>(*peak));
    }
}

void report_new(assay::context& host, const NewCounts& counts, std::uint64_t operations) {
    host.metric("new_calls", static_cast<double>(counts.calls));
    host.metric("new_bytes", static_cast<double>(counts.bytes));
    host.metric("counted_operations", static_cast<double>(operations));
}

} // namespace assay::allocator_suite
