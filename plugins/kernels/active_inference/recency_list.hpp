// The order of lru and fifo: a list through the entries themselves, oldest first. Moving an entry
// touches its neighbours and nothing else.
//
// Not thread-safe; belongs to one ByteCache.
#pragma once

#include "active_inference/cache_entry.hpp"

namespace assay::active_inference {

class RecencyList {
public:
    void append(CacheEntry& entry) noexcept {
        entry.older_ = newest_;
        entry.newer_ = nullptr;
        (newest_ == nullptr ? oldest_ : newest_->newer_) = &entry;
        newest_ = &entry;
    }

    void remove(CacheEntry& entry) noexcept {
        (entry.older_ == nullptr ? oldest_ : entry.older_->newer_) = entry.newer_;
        (entry.newer_ == nullptr ? newest_ : entry.newer_->older_) = entry.older_;
    }

    void renew(CacheEntry& entry) noexcept {
        if (&entry != newest_) {
            remove(entry);
            append(entry);
        }
    }

    [[nodiscard]] CacheEntry* oldest() const noexcept { return oldest_; }

private:
    CacheEntry* oldest_ = nullptr;
    CacheEntry* newest_ = nullptr;
};

} // namespace assay::active_inference
