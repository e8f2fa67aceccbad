#include "active_inference/frequency_heap.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {

void FrequencyHeap::reserve(std::size_t entries) {
    auto uses = std::make_unique<Use[]>(entries);
    std::copy_n(uses_.get(), size_, uses.get());
    uses_ = std::move(uses);
}

void FrequencyHeap::put(const Use& use, std::size_t place) noexcept {
    uses_[place] = use;
    use.entry->place_ = static_cast<std::uint32_t>(place);
}

void FrequencyHeap::move_down(Use use, std::size_t place) noexcept {
    for (;;) {
        std::size_t child = 2 * place + 1;
        if (child >= size_) {
            break;
        }
        if (child + 1 < size_ && before(uses_[child + 1], uses_[child])) {
            ++child;
        }
        if (!before(uses_[child], use)) {
            break;
        }
        put(uses_[child], place);
        place = child;
    }
    put(use, place);
}

void FrequencyHeap::move_up(Use use, std::size_t place) noexcept {
    while (place > 0) {
        const std::size_t parent = (place - 1) / 2;
        if (!before(use, uses_[parent])) {
            break;
        }
        put(uses_[parent], place);
        place = parent;
    }
    put(use, place);
}

void FrequencyHeap::add(CacheEntry& entry) noexcept {
    move_up({&entry, 1, ++use_count_}, size_++);
}

void FrequencyHeap::remove(const CacheEntry& entry) noexcept {
    const std::size_t hole = entry.place_;
    const Use last = uses_[--size_];
    if (last.entry == &entry) {
        return;
    }
    move_up(last, hole);
    move_down(last, last.entry->place_);
}

void FrequencyHeap::use(const CacheEntry& entry) noexcept {
    Use used = uses_[entry.place_];
    ++used.count;
    used.last = ++use_count_;
    move_down(used, entry.place_);
}

} // namespace assay::active_inference
