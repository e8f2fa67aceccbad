#include "active_inference/byte_cache.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <list>
#include <vector>

using namespace assay::active_inference;

namespace {

CacheKey key_of(std::uint32_t number) {
    CacheKey key;
    key.append(number);
    return key;
}

bool put(ByteCache& cache, std::uint32_t number, std::size_t values = 8) {
    CacheEntry* entry = cache.insert(key_of(number).view(), values);
    if (entry != nullptr) {
        std::ranges::fill(entry->values(), number);
    }
    return entry != nullptr;
}

bool has(ByteCache& cache, std::uint32_t number) {
    CacheEntry* entry = cache.find(key_of(number).view());
    if (entry == nullptr) {
        return false;
    }
    REQUIRE(std::ranges::all_of(entry->values(), [&](double v) { return v == number; }));
    return true;
}

// The same cache, written for being obviously right: a list, searched and counted by hand.
class PlainCache {
public:
    PlainCache(Eviction eviction, std::size_t limit)
        : eviction_(eviction)
        , limit_(limit) {}

    bool find(std::uint32_t key) {
        const auto entry = seek(key);
        if (entry == entries_.end()) {
            return false;
        }
        ++entry->uses;
        entry->last_use = ++clock_;
        return true;
    }

    bool insert(std::uint32_t key, std::size_t values) {
        entries_.remove_if([&](const Entry& entry) { return entry.key == key; });
        const std::size_t block = ByteCache::entry_bytes(sizeof key, values);
        if (block + index_bytes(std::max<std::size_t>(capacity_, 8)) > limit_) {
            return false;
        }
        for (;;) {
            const bool full = 4 * (entries_.size() + 1) > 3 * capacity_;
            const std::size_t grown = capacity_ == 0 ? 8 : 2 * capacity_;
            if (bytes() + block + (full ? index_bytes(grown) : 0) <= limit_) {
                capacity_ = full ? grown : capacity_;
                break;
            }
            if (eviction_ == Eviction::none || entries_.empty()) {
                return false;
            }
            entries_.erase(std::ranges::min_element(
                entries_, [&](const Entry& a, const Entry& b) { return goes_before(a, b); }));
            ++evictions;
        }
        ++clock_;
        entries_.push_back({key, block, 1, clock_, clock_});
        return true;
    }

    bool erase(std::uint32_t key) {
        const std::size_t before = entries_.size();
        entries_.remove_if([&](const Entry& entry) { return entry.key == key; });
        return entries_.size() < before;
    }

    void clear() {
        entries_.clear();
        capacity_ = 0;
    }

    [[nodiscard]] std::size_t bytes() const {
        std::size_t sum = index_bytes(capacity_);
        for (const Entry& entry : entries_) {
            sum += entry.bytes;
        }
        return sum;
    }

    std::uint64_t evictions = 0;

private:
    struct Entry {
        std::uint32_t key;
        std::size_t bytes;
        std::uint64_t uses, last_use, came_in;
    };

    std::list<Entry>::iterator seek(std::uint32_t key) {
        return std::ranges::find(entries_, key, &Entry::key);
    }

    [[nodiscard]] bool goes_before(const Entry& a, const Entry& b) const {
        if (eviction_ == Eviction::fifo) {
            return a.came_in < b.came_in;
        }
        if (eviction_ == Eviction::lfu && a.uses != b.uses) {
            return a.uses < b.uses;
        }
        return a.last_use < b.last_use;
    }

    [[nodiscard]] std::size_t index_bytes(std::size_t capacity) const {
        // A slot is a hash and a pointer; of three in four there is a link (16) or a use (24).
        return capacity * 16 + capacity / 4 * 3 * (eviction_ == Eviction::lfu ? 24 : 16);
    }

    Eviction eviction_;
    std::size_t limit_;
    std::list<Entry> entries_;
    std::size_t capacity_ = 0;
    std::uint64_t clock_ = 0;
};

constexpr Eviction kAll[] = {Eviction::lru, Eviction::lfu, Eviction::fifo, Eviction::none};

// Room for `entries` entries of 8 values with a table that need not grow beyond 8 slots.
std::size_t room_for(std::size_t entries, Eviction eviction) {
    return entries * ByteCache::entry_bytes(4, 8) + ByteCache::table_bytes(eviction, entries);
}

} // namespace

TEST_CASE("random operations agree with a plain cache in every hit, eviction and byte") {
    for (const Eviction eviction : kAll) {
        for (const std::size_t limit : {std::size_t{0},
                                        std::size_t{300},
                                        std::size_t{1000},
                                        std::size_t{5000},
                                        std::size_t{40'000},
                                        kUnlimitedBytes}) {
            const std::uint64_t seed =
                assay::derived_seed(limit, static_cast<std::uint64_t>(eviction));
            CAPTURE(name_of(eviction));
            CAPTURE(limit);
            CAPTURE(seed);
            ByteCache cache({eviction, limit});
            PlainCache plain(eviction, limit);
            assay::RandomSource random(seed);
            for (int step = 0; step < 3000; ++step) {
                const std::uint32_t key = std::min(random.below(60), random.below(60));
                const std::uint32_t what = random.below(200);
                if (what == 0) {
                    cache.clear();
                    plain.clear();
                } else if (what < 10) {
                    REQUIRE(cache.erase(key_of(key).view()) == plain.erase(key));
                } else {
                    const bool hit = has(cache, key);
                    REQUIRE(hit == plain.find(key));
                    if (!hit || what < 20) { // also entries that are there already
                        const std::size_t values = random.below(4) == 0 ? random.below(100) : 8;
                        REQUIRE(put(cache, key, values) == plain.insert(key, values));
                    }
                }
                REQUIRE(cache.bytes() == plain.bytes());
                REQUIRE(cache.bytes() <= limit);
            }
            CHECK(cache.counts().bytes_max <= limit);
            CHECK(cache.counts().evictions == plain.evictions);
            CHECK(cache.counts().hits + cache.counts().misses == cache.counts().lookups());
        }
    }
}

TEST_CASE("lru gives up the entry whose last use is longest ago") {
    ByteCache cache({Eviction::lru, room_for(3, Eviction::lru)});
    for (const std::uint32_t key : {1u, 2u, 3u}) {
        REQUIRE(put(cache, key));
    }
    CHECK(has(cache, 1));
    REQUIRE(put(cache, 4));
    CHECK_FALSE(has(cache, 2));
    CHECK(has(cache, 1));
    CHECK(has(cache, 3));
}

TEST_CASE("lfu gives up the entry used least often and among equals the older use") {
    ByteCache cache({Eviction::lfu, room_for(3, Eviction::lfu)});
    for (const std::uint32_t key : {1u, 2u, 3u}) {
        REQUIRE(put(cache, key));
    }
    CHECK(has(cache, 1));
    CHECK(has(cache, 1));
    CHECK(has(cache, 3));
    CHECK(has(cache, 2));
    REQUIRE(put(cache, 4)); // 2 and 3 were used twice, 3 earlier
    CHECK_FALSE(has(cache, 3));
    REQUIRE(put(cache, 5)); // 4 was used once
    CHECK_FALSE(has(cache, 4));
    CHECK(has(cache, 1));
    CHECK(has(cache, 2));
}

TEST_CASE("a peek is neither a lookup nor a use") {
    for (const Eviction eviction : {Eviction::lru, Eviction::lfu}) {
        ByteCache cache({eviction, room_for(3, eviction)});
        CHECK(cache.peek(key_of(1).view()) == nullptr);
        for (const std::uint32_t key : {1u, 2u, 3u}) {
            REQUIRE(put(cache, key));
        }
        CHECK(cache.peek(key_of(1).view()) != nullptr);
        CHECK(cache.peek(key_of(4).view()) == nullptr);
        CHECK(cache.counts().lookups() == 0);
        REQUIRE(put(cache, 4));
        CHECK(cache.peek(key_of(1).view()) == nullptr);
    }
}

TEST_CASE("fifo gives up the entry that came in first, used or not") {
    ByteCache cache({Eviction::fifo, room_for(3, Eviction::fifo)});
    for (const std::uint32_t key : {1u, 2u, 3u}) {
        REQUIRE(put(cache, key));
    }
    CHECK(has(cache, 1));
    REQUIRE(put(cache, 4));
    CHECK_FALSE(has(cache, 1));
    CHECK(has(cache, 2));
}

TEST_CASE("without eviction a full cache keeps what it has and refuses the rest") {
    ByteCache cache({Eviction::none, room_for(2, Eviction::none)});
    REQUIRE(put(cache, 1));
    REQUIRE(put(cache, 2));
    CHECK_FALSE(put(cache, 3));
    CHECK(has(cache, 1));
    CHECK(has(cache, 2));
    CHECK(cache.counts().rejections == 1);
    CHECK(cache.counts().evictions == 0);
}

TEST_CASE("an entry larger than the limit is refused and evicts nobody") {
    ByteCache cache({Eviction::lru, room_for(3, Eviction::lru)});
    REQUIRE(put(cache, 1));
    CHECK_FALSE(put(cache, 2, 1000));
    CHECK(has(cache, 1));
}

TEST_CASE("a limit of 0 holds nothing and takes no memory") {
    for (const Eviction eviction : kAll) {
        ByteCache cache({eviction, 0});
        CHECK_FALSE(put(cache, 1, 0));
        CHECK_FALSE(has(cache, 1));
        CHECK(cache.bytes() == 0);
    }
}

TEST_CASE("an unlimited cache keeps everything") {
    for (const Eviction eviction : kAll) {
        ByteCache cache({eviction, kUnlimitedBytes});
        for (std::uint32_t key = 0; key < 2000; ++key) {
            REQUIRE(put(cache, key));
        }
        for (std::uint32_t key = 0; key < 2000; ++key) {
            REQUIRE(has(cache, key));
        }
        CHECK(cache.entry_count() == 2000);
        CHECK(cache.counts().evictions == 0);
        cache.clear();
        CHECK(cache.bytes() == 0);
        CHECK_FALSE(has(cache, 1));
    }
}

TEST_CASE("keys that begin alike are different keys") {
    ByteCache cache({Eviction::lru, kUnlimitedBytes});
    CacheKey key;
    key.append(std::uint64_t{1});
    key.append(std::uint8_t{0}); // a zero behind the prefix is not the prefix
    REQUIRE(cache.insert(key.view(), 1) != nullptr);
    CHECK(cache.find(key.first(8)) == nullptr);
    CHECK(cache.find(key.view()) != nullptr);
}

TEST_CASE("keys longer than the stack key and the empty key are keys too") {
    ByteCache cache({Eviction::lru, kUnlimitedBytes});
    std::vector<std::byte> key(1000, std::byte{7});
    REQUIRE(cache.insert(key, 3) != nullptr);
    REQUIRE(cache.insert({}, 2) != nullptr);
    CHECK(cache.find(key)->values().size() == 3);
    CHECK(cache.find({})->values().size() == 2);
    key.back() = std::byte{8};
    CHECK(cache.find(key) == nullptr);
}

TEST_CASE("an entry that is inserted again has its new size and no note") {
    ByteCache cache({Eviction::lru, kUnlimitedBytes});
    cache.insert(key_of(1).view(), 4)->note = 5;
    CacheEntry* entry = cache.insert(key_of(1).view(), 9);
    REQUIRE(entry != nullptr);
    CHECK(entry->note == 0);
    CHECK(entry->values().size() == 9);
    CHECK(cache.entry_count() == 1);
}

TEST_CASE("a short key lies on the line of its entry and the table is as large as was planned") {
    CHECK(ByteCache::entry_bytes(32, 8) == 2 * 64);
    CHECK(ByteCache::entry_bytes(33, 8) == 3 * 64);
    for (const Eviction eviction : kAll) {
        for (const std::uint32_t entries : {0u, 1u, 6u, 7u, 12u, 13u, 500u}) {
            CAPTURE(entries);
            ByteCache cache({eviction, kUnlimitedBytes});
            for (std::uint32_t key = 0; key < entries; ++key) {
                REQUIRE(put(cache, key));
            }
            CHECK(cache.bytes() == entries * ByteCache::entry_bytes(4, 8) +
                                       ByteCache::table_bytes(eviction, entries));
        }
    }
}

TEST_CASE("values begin on a cache line") {
    ByteCache cache({Eviction::lru, kUnlimitedBytes});
    for (std::size_t size = 0; size < 70; ++size) {
        const std::vector<std::byte> key(size);
        CacheEntry* entry = cache.insert(key, 3);
        CHECK(reinterpret_cast<std::uintptr_t>(entry->values().data()) % 64 == 0);
    }
}

TEST_CASE("lookups allocate nothing and neither do insertions into a full cache") {
    for (const Eviction eviction : {Eviction::lru, Eviction::lfu, Eviction::fifo}) {
        CAPTURE(name_of(eviction));
        ByteCache cache({eviction, 20'000});
        for (std::uint32_t key = 0; key < 300; ++key) {
            REQUIRE(put(cache, key));
        }
        REQUIRE(cache.counts().evictions > 0);
        const std::uint64_t evictions = cache.counts().evictions;
        const std::uint64_t before = allocation_count();
        std::uint64_t found = 0;
        for (std::uint32_t step = 0; step < 600; ++step) {
            const CacheKey probe = key_of((299 + step) % 600); // first one that is there
            if (cache.find(probe.view()) != nullptr) {
                ++found;
            } else {
                (void)cache.insert(probe.view(), 8);
            }
        }
        CHECK(allocation_count() == before);
        CHECK(found > 0);
        CHECK(cache.counts().evictions > evictions);
    }
}
