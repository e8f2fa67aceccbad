// One entry of a ByteCache: bookkeeping, key and values in a single block of memory, so that the
// bytes of an entry are one number and evicting it can hand its block to the next one.
//
//   [CacheEntry | key | up to the next multiple of 64 | values]
//
// Values begin on a cache line. What is needed of entries that nobody asked for (their hash in the
// table, their turn to leave) is not here but packed together elsewhere: they lie far apart and
// would have to be fetched one by one. Entries belong to their cache; same threads as the cache.
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

    [[nodiscard]] bool has_key(KeyView other) const noexcept {
        return key_size_ == other.size() &&
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
    std::uint32_t place_ = 0; // in the order of eviction
    std::size_t value_count_ = 0;
    std::uint64_t hash_ = 0;
};

// A key of up to 32 bytes lies on the first line with all of this: a lookup fetches no other.
static_assert(sizeof(CacheEntry) == 32);

} // namespace assay::active_inference
