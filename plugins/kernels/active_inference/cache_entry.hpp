// One entry of a ByteCache: bookkeeping, key and values in a single block of memory, so that the
// bytes of an entry are one number and evicting it can hand its block to the next one.
//
//   [CacheEntry | key | up to the next multiple of 64 | values]
//
// Values begin on a cache line. Entries belong to their cache; same threads as the cache.
#pragma once

#include "active_inference/cache_key.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace assay::active_inference {

class CacheEntry {
public:
    static constexpr std::size_t kAlignment = 64;

    [[nodiscard]] std::span<double> values() noexcept {
        return {reinterpret_cast<double*>(reinterpret_cast<std::byte*>(this) + values_offset_),
                value_count_};
    }

    [[nodiscard]] KeyView key() const noexcept {
        return {reinterpret_cast<const std::byte*>(this + 1), key_size_};
    }

    [[nodiscard]] bool has_key(std::uint64_t hash, KeyView other) const noexcept {
        return hash_ == hash && key_size_ == other.size() &&
               (other.empty() || std::memcmp(key().data(), other.data(), other.size()) == 0);
    }

    // The caller's own note about the values, e.g. which parts are filled. 0 in a new entry.
    std::uint32_t note = 0;

private:
    friend class ByteCache;
    friend class RecencyList;
    friend class FrequencyHeap;

    std::uint32_t key_size_ = 0;
    std::uint32_t values_offset_ = 0;
    std::uint32_t heap_position_ = 0;
    std::size_t value_count_ = 0;
    std::size_t block_bytes_ = 0;
    std::uint64_t hash_ = 0;
    std::uint64_t uses_ = 0;     // since it came in
    std::uint64_t last_use_ = 0; // the cache's own count of uses, no clock
    CacheEntry* older_ = nullptr;
    CacheEntry* newer_ = nullptr;
};

} // namespace assay::active_inference
