#include "active_inference/frequency_heap.hpp"

#include <algorithm>

namespace assay::active_inference {

void FrequencyHeap::use_memory(std::span<CacheEntry*> positions) noexcept {
    std::copy_n(positions_.begin(), size_, positions.begin());
    positions_ = positions;
}

void FrequencyHeap::put(CacheEntry& entry, std::size_t position) noexcept {
    positions_[position] = &entry;
    entry.heap_position_ = static_cast<std::uint32_t>(position);
}

void FrequencyHeap::move_down(CacheEntry& entry, std::size_t position) noexcept {
    for (;;) {
        std::size_t child = 2 * position + 1;
        if (child >= size_) {
            break;
        }
        if (child + 1 < size_ && before(*positions_[child + 1], *positions_[child])) {
            ++child;
        }
        if (!before(*positions_[child], entry)) {
            break;
        }
        put(*positions_[child], position);
        position = child;
    }
    put(entry, position);
}

void FrequencyHeap::move_up(CacheEntry& entry, std::size_t position) noexcept {
    while (position > 0) {
        const std::size_t parent = (position - 1) / 2;
        if (!before(entry, *positions_[parent])) {
            break;
        }
        put(*positions_[parent], position);
        position = parent;
    }
    put(entry, position);
}

void FrequencyHeap::add(CacheEntry& entry) noexcept {
    move_up(entry, size_++);
}

void FrequencyHeap::remove(CacheEntry& entry) noexcept {
    const std::size_t hole = entry.heap_position_;
    CacheEntry& last = *positions_[--size_];
    if (&last == &entry) {
        return;
    }
    move_up(last, hole);
    move_down(last, last.heap_position_);
}

} // namespace assay::active_inference
