// The order of lfu: a binary heap with the least used entry on top, ties broken by the older last
// use. Every entry knows its place, so a use costs a few comparisons on the way down and no search,
// and what is compared is packed together.
//
// Not thread-safe; belongs to one ByteCache, which counts the memory.
#pragma once

#include "active_inference/cache_entry.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace assay::active_inference {

class FrequencyHeap {
public:
    // Of every entry that there is room for.
    static constexpr std::size_t kBytesPerEntry = 24;

    // Room for so many entries, no fewer than before. Throws std::bad_alloc and stays as it is.
    void reserve(std::size_t entries);

    // Used once, just now.
    void add(CacheEntry& entry) noexcept;
    void remove(const CacheEntry& entry) noexcept;
    void use(const CacheEntry& entry) noexcept;

    [[nodiscard]] CacheEntry* least_used() const noexcept {
        return size_ == 0 ? nullptr : uses_[0].entry;
    }

private:
    struct Use {
        CacheEntry* entry;
        std::uint64_t count = 0; // since it came in
        std::uint64_t last = 0;  // the heap's own count of uses, no clock
    };

    static_assert(sizeof(Use) == kBytesPerEntry);

    static bool before(const Use& a, const Use& b) noexcept {
        return a.count != b.count ? a.count < b.count : a.last < b.last;
    }

    void put(const Use& use, std::size_t place) noexcept;
    void move_down(Use use, std::size_t place) noexcept;
    void move_up(Use use, std::size_t place) noexcept;

    std::unique_ptr<Use[]> uses_;
    std::size_t size_ = 0;
    std::uint64_t use_count_ = 0;
};

} // namespace assay::active_inference
