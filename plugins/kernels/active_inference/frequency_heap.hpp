// The order of lfu: a binary heap with the least used entry on top, ties broken by the older last
// use. Every entry knows its position, so a use costs a few comparisons on the way down and no
// search.
//
// Not thread-safe; belongs to one ByteCache, which gives it the memory for its positions and counts
// that memory.
#pragma once

#include "active_inference/cache_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::active_inference {

class FrequencyHeap {
public:
    // Moves to larger memory; `positions` has room for every entry there will be.
    void use_memory(std::span<CacheEntry*> positions) noexcept;

    void add(CacheEntry& entry) noexcept;
    void remove(CacheEntry& entry) noexcept;

    // After uses_ or last_use_ of `entry` grew.
    void sink(CacheEntry& entry) noexcept { move_down(entry, entry.heap_position_); }

    [[nodiscard]] CacheEntry* least_used() const noexcept {
        return size_ == 0 ? nullptr : positions_.front();
    }

private:
    static bool before(const CacheEntry& a, const CacheEntry& b) noexcept {
        return a.uses_ != b.uses_ ? a.uses_ < b.uses_ : a.last_use_ < b.last_use_;
    }

    void put(CacheEntry& entry, std::size_t position) noexcept;
    void move_down(CacheEntry& entry, std::size_t position) noexcept;
    void move_up(CacheEntry& entry, std::size_t position) noexcept;

    std::span<CacheEntry*> positions_;
    std::size_t size_ = 0;
};

} // namespace assay::active_inference
