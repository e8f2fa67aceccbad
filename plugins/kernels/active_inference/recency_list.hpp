// The order of lru and fifo: a list, oldest first. Its links are not in the entries but packed
// together, so that moving one to the end fetches no neighbour from where that lies.
//
// Not thread-safe; belongs to one ByteCache, which counts the memory.
#pragma once

#include "active_inference/cache_entry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace assay::active_inference {

class RecencyList {
public:
    // Of every entry that there is room for.
    static constexpr std::size_t kBytesPerEntry = 16;

    // Room for so many entries, no fewer than before. Throws std::bad_alloc and stays as it is.
    void reserve(std::size_t entries) {
        auto links = std::make_unique<Link[]>(entries);
        std::copy_n(links_.get(), used_, links.get());
        links_ = std::move(links);
    }

    // As the newest.
    void add(CacheEntry& entry) noexcept {
        std::uint32_t place = free_;
        if (place == kNone) {
            place = used_++;
        } else {
            free_ = links_[place].newer;
        }
        links_[place].entry = &entry;
        entry.place_ = place;
        append(place);
    }

    void remove(const CacheEntry& entry) noexcept {
        unlink(entry.place_);
        links_[entry.place_].newer = free_;
        free_ = entry.place_;
    }

    void renew(const CacheEntry& entry) noexcept {
        if (entry.place_ != newest_) {
            unlink(entry.place_);
            append(entry.place_);
        }
    }

    [[nodiscard]] CacheEntry* oldest() const noexcept {
        return oldest_ == kNone ? nullptr : links_[oldest_].entry;
    }

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    struct Link {
        CacheEntry* entry;
        std::uint32_t older, newer; // places; of a free one `newer` is the next that is free
    };

    static_assert(sizeof(Link) == kBytesPerEntry);

    void append(std::uint32_t place) noexcept {
        links_[place].older = newest_;
        links_[place].newer = kNone;
        (newest_ == kNone ? oldest_ : links_[newest_].newer) = place;
        newest_ = place;
    }

    void unlink(std::uint32_t place) noexcept {
        const Link& link = links_[place];
        (link.older == kNone ? oldest_ : links_[link.older].newer) = link.newer;
        (link.newer == kNone ? newest_ : links_[link.newer].older) = link.older;
    }

    std::unique_ptr<Link[]> links_;
    std::uint32_t used_ = 0; // places that ever had an entry
    std::uint32_t free_ = kNone, oldest_ = kNone, newest_ = kNone;
};

} // namespace assay::active_inference
