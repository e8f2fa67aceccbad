// A cache bounded in bytes: from key bytes to arrays of doubles, with a choice of eviction.
//
//   ByteCache cache({.eviction = Eviction::lru, .limit_bytes = 1 << 20});
//   if (CacheEntry* hit = cache.find(key)) { use(hit->values()); }
//   else if (CacheEntry* entry = cache.insert(key, count)) { fill(entry->values()); }
//
// Promises, each with a test:
//  - bytes() counts all heap memory the cache holds (blocks, table, heap) and is never above the
//    limit, not even for a moment inside a call. Limit 0 holds nothing and still works.
//  - hits + misses = lookups, and equality of keys is decided by their bytes, never by a hash.
//  - A lookup allocates nothing. An insertion into a full cache of equal-sized entries allocates
//    nothing either: the evicted block is used again.
//  - The result of a computation never depends on the cache: values come back as they were put in.
//
// Entries stay valid until the next insert(), erase() or clear(). Not thread-safe.
#pragma once

#include "active_inference/cache_entry.hpp"
#include "active_inference/cache_key.hpp"
#include "active_inference/eviction.hpp"
#include "active_inference/frequency_heap.hpp"
#include "active_inference/recency_list.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>

namespace assay::active_inference {

inline constexpr std::size_t kUnlimitedBytes = std::numeric_limits<std::size_t>::max();

struct ByteCacheOptions {
    Eviction eviction = Eviction::lru;
    std::size_t limit_bytes = kUnlimitedBytes;
};

// Since construction; clear() does not reset them.
struct ByteCacheCounts {
    std::uint64_t hits = 0, misses = 0;
    std::uint64_t insertions = 0, evictions = 0;
    std::uint64_t rejections = 0; // too large for the limit, or full with Eviction::none
    std::size_t bytes_max = 0;    // the most that bytes() ever was

    [[nodiscard]] std::uint64_t lookups() const noexcept { return hits + misses; }
};

class ByteCache {
public:
    explicit ByteCache(ByteCacheOptions options) noexcept
        : options_(options) {}

    ByteCache(const ByteCache&) = delete;
    ByteCache& operator=(const ByteCache&) = delete;
    ~ByteCache();

    // Counts a lookup and, on a hit, a use. nullptr: not here.
    [[nodiscard]] CacheEntry* find(KeyView key) noexcept { return find(key, hash_of(key)); }

    // With a hash of the caller's own, for long keys that change in few bytes: always the same of
    // the same key, and insert_absent() with it too. Such keys are not for insert() and erase().
    [[nodiscard]] CacheEntry* find(KeyView key, std::uint64_t hash) noexcept;

    // Neither a lookup nor a use: nothing is counted and no order changes.
    [[nodiscard]] CacheEntry* peek(KeyView key) const noexcept { return peek(key, hash_of(key)); }

    // Makes room by evicting and returns the entry with `value_count` unset values; an entry with
    // the same key is replaced. nullptr: it cannot be held. Throws std::bad_alloc, the cache stays
    // usable.
    [[nodiscard]] CacheEntry* insert(KeyView key, std::size_t value_count);

    // As insert(), of a key that is not here: find() has just said so.
    [[nodiscard]] CacheEntry* insert_absent(KeyView key, std::size_t value_count) {
        return insert_absent(key, value_count, hash_of(key));
    }

    [[nodiscard]] CacheEntry*
    insert_absent(KeyView key, std::size_t value_count, std::uint64_t hash);

    // true: it was there.
    bool erase(KeyView key) noexcept;
    // Gives all memory back.
    void clear() noexcept;

    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

    [[nodiscard]] std::size_t entry_count() const noexcept { return entry_count_; }

    [[nodiscard]] const ByteCacheOptions& options() const noexcept { return options_; }

    [[nodiscard]] const ByteCacheCounts& counts() const noexcept { return counts_; }

    // What an entry with such a key and so many values takes of the limit, and the table of so many
    // entries.
    [[nodiscard]] static constexpr std::size_t entry_bytes(std::size_t key_size,
                                                           std::size_t value_count) noexcept {
        return values_offset(key_size) + value_count * sizeof(double);
    }

    [[nodiscard]] static constexpr std::size_t table_bytes(Eviction eviction,
                                                           std::size_t entries) noexcept {
        std::size_t slots = entries == 0 ? 0 : kFirstSlots;
        while (entries_in(slots) < entries) {
            slots *= 2;
        }
        return index_bytes(eviction, slots);
    }

private:
    static constexpr std::size_t kFirstSlots = 8;

    // With the hash beside the pointer a search that passes other entries fetches none of them.
    struct Slot {
        std::uint64_t hash = 0;
        CacheEntry* entry = nullptr;
    };

    // So many slots are for no more entries, or the table grows.
    static constexpr std::size_t entries_in(std::size_t slots) noexcept { return slots / 4 * 3; }

    // Of the slots, and of the order of eviction of their entries.
    static constexpr std::size_t index_bytes(Eviction eviction, std::size_t slots) noexcept {
        const std::size_t in_order =
            eviction == Eviction::lfu ? FrequencyHeap::kBytesPerEntry : RecencyList::kBytesPerEntry;
        return slots * sizeof(Slot) + entries_in(slots) * in_order;
    }

    static constexpr std::size_t values_offset(std::size_t key_size) noexcept {
        const std::size_t end = sizeof(CacheEntry) + key_size;
        return (end + CacheEntry::kAlignment - 1) / CacheEntry::kAlignment * CacheEntry::kAlignment;
    }

    [[nodiscard]] std::size_t index_bytes(std::size_t slots) const noexcept {
        return index_bytes(options_.eviction, slots);
    }

    [[nodiscard]] CacheEntry* peek(KeyView key, std::uint64_t hash) const noexcept {
        return entry_count_ == 0 ? nullptr : table_[slot_of(hash, key)].entry;
    }

    [[nodiscard]] std::size_t slot_of(std::uint64_t hash, KeyView key) const noexcept;
    [[nodiscard]] CacheEntry* victim() const noexcept;
    [[nodiscard]] bool fits(std::size_t more) const noexcept;
    [[nodiscard]] CacheEntry* make_room(std::size_t block_bytes);
    void grow_index(std::size_t capacity);
    void place(const Slot& entry) noexcept;
    void vacate(std::size_t slot) noexcept;
    void unlink(const CacheEntry& entry) noexcept;
    void note_bytes() noexcept;

    [[nodiscard]] static std::size_t block_bytes_of(const CacheEntry& entry) noexcept {
        return entry.values_offset_ + entry.value_count_ * sizeof(double);
    }

    static void free_block(CacheEntry* entry) noexcept;

    ByteCacheOptions options_;
    ByteCacheCounts counts_;
    std::unique_ptr<Slot[]> table_;  // open addressing, linear probing, at most 3/4 full
    std::size_t table_capacity_ = 0; // a power of two, or 0
    std::size_t entry_count_ = 0;
    std::size_t bytes_ = 0;
    RecencyList list_;   // lru, fifo, and none (for clear)
    FrequencyHeap heap_; // lfu
};

} // namespace assay::active_inference
