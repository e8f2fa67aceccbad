#include "active_inference/byte_cache.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace assay::active_inference {

ByteCache::~ByteCache() {
    clear();
}

CacheEntry* ByteCache::find(KeyView key, std::uint64_t hash) noexcept {
    CacheEntry* entry = peek(key, hash);
    if (entry == nullptr) {
        ++counts_.misses;
        return nullptr;
    }
    ++counts_.hits;
    if (options_.eviction == Eviction::lru) {
        list_.renew(*entry);
    } else if (options_.eviction == Eviction::lfu) {
        heap_.use(*entry);
    }
    return entry;
}

CacheEntry* ByteCache::insert(KeyView key, std::size_t value_count) {
    erase(key);
    return insert_absent(key, value_count);
}

CacheEntry* ByteCache::insert_absent(KeyView key, std::size_t value_count, std::uint64_t hash) {
    const std::size_t block_bytes = entry_bytes(key.size(), value_count);
    CacheEntry* entry = make_room(block_bytes);
    if (entry == nullptr) {
        ++counts_.rejections;
        return nullptr;
    }
    ::new (entry) CacheEntry();
    entry->key_size_ = static_cast<std::uint32_t>(key.size());
    entry->values_offset_ = static_cast<std::uint32_t>(values_offset(key.size()));
    entry->value_count_ = value_count;
    entry->hash_ = hash;
    if (!key.empty()) {
        std::memcpy(static_cast<void*>(entry + 1), key.data(), key.size());
    }
    bytes_ += block_bytes;
    note_bytes();
    place({hash, entry});
    ++entry_count_;
    if (options_.eviction == Eviction::lfu) {
        heap_.add(*entry);
    } else {
        list_.add(*entry);
    }
    ++counts_.insertions;
    return entry;
}

bool ByteCache::erase(KeyView key) noexcept {
    CacheEntry* entry = peek(key);
    if (entry == nullptr) {
        return false;
    }
    unlink(*entry);
    free_block(entry);
    return true;
}

void ByteCache::clear() noexcept {
    for (std::size_t slot = 0; slot < table_capacity_; ++slot) {
        free_block(table_[slot].entry);
    }
    table_.reset();
    table_capacity_ = entry_count_ = bytes_ = 0;
    list_ = {};
    heap_ = {};
}

// The slot of the key, or the empty one where it would go.
std::size_t ByteCache::slot_of(std::uint64_t hash, KeyView key) const noexcept {
    const std::size_t mask = table_capacity_ - 1;
    std::size_t slot = hash & mask;
    while (table_[slot].entry != nullptr &&
           (table_[slot].hash != hash || !table_[slot].entry->has_key(key))) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

CacheEntry* ByteCache::victim() const noexcept {
    switch (options_.eviction) {
    case Eviction::lru:
    case Eviction::fifo:
        return list_.oldest();
    case Eviction::lfu:
        return heap_.least_used();
    case Eviction::none:
        return nullptr;
    }
    return nullptr;
}

bool ByteCache::fits(std::size_t more) const noexcept {
    return more <= options_.limit_bytes && bytes_ <= options_.limit_bytes - more;
}

// Evicts until block and, where needed, a larger table fit, and returns memory for the block. The
// block of a victim of the same size is kept for it, so that a full cache of equal entries never
// asks the allocator.
CacheEntry* ByteCache::make_room(std::size_t block_bytes) {
    // What never fits must not empty the cache first.
    const std::size_t least_index = index_bytes(std::max(table_capacity_, kFirstSlots));
    if (least_index > options_.limit_bytes || block_bytes > options_.limit_bytes - least_index) {
        return nullptr;
    }

    struct Spare {
        CacheEntry* block = nullptr;

        ~Spare() { free_block(block); }
    } spare;

    for (;;) {
        const bool full = entry_count_ == entries_in(table_capacity_);
        const std::size_t capacity = std::max(2 * table_capacity_, kFirstSlots);
        // While the table grows, the old one is still there: both count.
        if (fits(block_bytes + (full ? index_bytes(capacity) : 0))) {
            if (full) {
                grow_index(capacity);
            }
            break;
        }
        CacheEntry* loser = victim();
        if (loser == nullptr) {
            return nullptr;
        }
        ++counts_.evictions;
        unlink(*loser);
        if (spare.block == nullptr && block_bytes_of(*loser) == block_bytes) {
            spare.block = loser;
        } else {
            free_block(loser);
        }
    }
    if (spare.block != nullptr) {
        return std::exchange(spare.block, nullptr);
    }
    return static_cast<CacheEntry*>(
        ::operator new(block_bytes, std::align_val_t(CacheEntry::kAlignment)));
}

void ByteCache::grow_index(std::size_t capacity) {
    auto table = std::make_unique<Slot[]>(capacity);
    if (options_.eviction == Eviction::lfu) {
        heap_.reserve(entries_in(capacity));
    } else {
        list_.reserve(entries_in(capacity));
    }
    bytes_ += index_bytes(capacity);
    note_bytes();
    std::swap(table, table_);
    const std::size_t old_capacity = std::exchange(table_capacity_, capacity);
    for (std::size_t slot = 0; slot < old_capacity; ++slot) {
        if (table[slot].entry != nullptr) {
            place(table[slot]);
        }
    }
    bytes_ -= index_bytes(old_capacity);
}

// Into the first free slot from its hash on; its key is not in the table.
void ByteCache::place(const Slot& entry) noexcept {
    const std::size_t mask = table_capacity_ - 1;
    std::size_t slot = entry.hash & mask;
    while (table_[slot].entry != nullptr) {
        slot = (slot + 1) & mask;
    }
    table_[slot] = entry;
}

// Closes the gap by moving later entries of the same run forward (Knuth 6.4, algorithm R), so that
// lookups never meet tombstones.
void ByteCache::vacate(std::size_t slot) noexcept {
    const std::size_t mask = table_capacity_ - 1;
    std::size_t hole = slot;
    for (std::size_t next = (hole + 1) & mask; table_[next].entry != nullptr;
         next = (next + 1) & mask) {
        const std::size_t home = table_[next].hash & mask;
        if (((next - home) & mask) >= ((next - hole) & mask)) {
            table_[hole] = table_[next];
            hole = next;
        }
    }
    table_[hole] = {};
}

// Out of table and order; its memory is the caller's now.
void ByteCache::unlink(const CacheEntry& entry) noexcept {
    const std::size_t mask = table_capacity_ - 1;
    std::size_t slot = entry.hash_ & mask;
    while (table_[slot].entry != &entry) {
        slot = (slot + 1) & mask;
    }
    vacate(slot);
    if (options_.eviction == Eviction::lfu) {
        heap_.remove(entry);
    } else {
        list_.remove(entry);
    }
    --entry_count_;
    bytes_ -= block_bytes_of(entry);
}

void ByteCache::note_bytes() noexcept {
    counts_.bytes_max = std::max(counts_.bytes_max, bytes_);
}

void ByteCache::free_block(CacheEntry* entry) noexcept {
    ::operator delete(entry, std::align_val_t(CacheEntry::kAlignment));
}

} // namespace assay::active_inference
