// A cache that answers a question with the answer to one like it: the key is a vector, a hit the
// nearest one whose cosine is at least tau.
//
//   SemanticStore store(embedder, {.capacity = 10'000});
//   store.put("How do I reset my password?", "Open settings ...");
//   if (const auto hit = store.find("how can I reset the password", 0.7)) { use(*hit->value); }
//
// tau belongs to an embedder: what is 0.7 to one is 0.9 to another (calibrated_threshold). Any
// number of threads.
#pragma once

#include "retrieval/embedder.hpp"
#include "retrieval/vector_index.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace assay::caching {

using Duration = std::chrono::nanoseconds;
// Never goes back; read by several threads.
using MonotonicClock = std::function<Duration()>;

[[nodiscard]] Duration steady_time();

struct SemanticStoreOptions {
    std::size_t capacity = 10'000; // entries; at least 1
    Duration lifetime = std::chrono::hours(1);
    MonotonicClock clock = steady_time;
    retrieval::IndexKind index = retrieval::IndexKind::flat;
    retrieval::GraphOptions graph = {}; // of hnsw
};

// A vector that the caller has embedded, with the name of what made it. Its length does not count.
struct VectorKey {
    std::string_view embedder;
    std::span<const float> vector;
};

struct SemanticHit {
    // Shared, because another thread may take the entry out while this one reads.
    std::shared_ptr<const std::string> value;
    double similarity = 0; // cosine
    retrieval::VectorId id = 0;
};

// replaced: the vector was there to the bit. refused: it has no direction, and could never be hit.
enum class PutOutcome { added, replaced, refused };

struct SemanticCounts {
    std::uint64_t lookups = 0, hits = 0;
    std::uint64_t evicted = 0;     // for another, the longest unused first
    std::uint64_t expired = 0;     // taken out because their time was over
    std::uint64_t invalidated = 0; // with the embedder they came from

    bool operator==(const SemanticCounts&) const = default;
};

class SemanticStore {
public:
    using EmbedderPointer = std::shared_ptr<const retrieval::Embedder>; // outlives a change of it

    // Throws std::invalid_argument for capacity 0 or a lifetime that is not above 0, and
    // std::runtime_error where the index is not available.
    explicit SemanticStore(EmbedderPointer embedder, const SemanticStoreOptions& options = {});
    SemanticStore(const SemanticStore&) = delete;
    SemanticStore& operator=(const SemanticStore&) = delete;

    // Throw std::invalid_argument for a lifetime that is not above 0, for a vector of another
    // embedder, another dimension or with what is not finite. A lifetime may be as long as it
    // wants.
    PutOutcome
    put(std::string_view text, std::string value, std::optional<Duration> lifetime = std::nullopt);
    PutOutcome
    put(const VectorKey& key, std::string value, std::optional<Duration> lifetime = std::nullopt);

    // The nearest entry that lives, if it is_hit(). Throw std::invalid_argument for a tau outside
    // of -1 to 1, and as put() does. Text without a word, or a vector of zeros, never hits.
    [[nodiscard]] std::optional<SemanticHit> find(std::string_view text, double tau);
    [[nodiscard]] std::optional<SemanticHit> find(const VectorKey& key, double tau);

    bool erase(retrieval::VectorId id);
    void clear();

    // Forgets all entries where name or dimension differ, and says whether they do.
    bool use(EmbedderPointer embedder);

    [[nodiscard]] EmbedderPointer embedder() const;
    // Expired entries that nobody came across count until the next put().
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] SemanticCounts counts() const noexcept;

private:
    using Id = retrieval::VectorId;

    struct Entry {
        Entry(std::shared_ptr<const std::string> with, Duration until, std::uint64_t now)
            : value(std::move(with))
            , deadline(until)
            , queued(now)
            , used(now) {}

        std::shared_ptr<const std::string> value;
        Duration deadline;
        std::uint64_t queued;            // where it stands in recency_
        std::atomic<std::uint64_t> used; // when last; finds move it without the exclusive lock
    };

    struct Place { // of a put, decided before the lock is taken
        std::shared_ptr<const std::string> value;
        Duration now, deadline;
    };

    [[nodiscard]] Place place_for(std::string value, std::optional<Duration> lifetime) const;
    [[nodiscard]] bool is_current(const VectorKey& key) const noexcept;
    void require_current(const VectorKey& key) const;
    PutOutcome put_locked(std::span<const float> unit, const Place& place);
    [[nodiscard]] std::optional<SemanticHit>
    hit_locked(std::span<const float> unit, double tau, Duration now, bool& found_expired);
    // Nothing where the embedder is another by now.
    [[nodiscard]] std::optional<std::optional<SemanticHit>>
    find_if_current(const VectorKey& key, std::span<const float> unit, double tau);
    void remove_expired(Duration now);
    void evict_one();
    void remove(Id id);
    void forget_all();
    [[nodiscard]] std::optional<Id> same_vector(std::span<const float> unit) const;

    SemanticStoreOptions options_;
    mutable std::shared_mutex mutex_;
    EmbedderPointer embedder_;
    std::unique_ptr<retrieval::VectorIndex> index_;
    std::unordered_map<Id, Entry> entries_;
    std::unordered_multimap<std::uint64_t, Id> by_digest_; // of the vector's bits
    std::set<std::pair<std::uint64_t, Id>> recency_;       // by when an entry was last queued
    std::set<std::pair<Duration, Id>> deadlines_;
    Id next_id_ = 1;
    std::atomic<std::uint64_t> tick_ = 0, lookups_ = 0, hits_ = 0;
    std::atomic<std::uint64_t> evicted_ = 0, expired_ = 0, invalidated_ = 0;
};

} // namespace assay::caching
