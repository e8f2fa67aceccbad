#include "semantic_store.hpp"

#include "similarity.hpp"
#include "threshold.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace assay::caching {

namespace {

void require_lifetime(Duration lifetime) {
    if (lifetime <= Duration::zero()) {
        throw std::invalid_argument("lifetime is " + std::to_string(lifetime.count()) +
                                    " ns: expected more than 0");
    }
}

// Of length 1; empty where it has no direction.
std::vector<float> unit_of(std::span<const float> vector) {
    double square = 0;
    for (std::size_t i = 0; i < vector.size(); ++i) {
        if (!std::isfinite(vector[i])) {
            throw std::invalid_argument("vector: component " + std::to_string(i) +
                                        " is not finite");
        }
        square += static_cast<double>(vector[i]) * static_cast<double>(vector[i]);
    }
    if (square == 0) {
        return {};
    }
    const double scale = 1 / std::sqrt(square);
    std::vector<float> unit(vector.size());
    std::ranges::transform(vector, unit.begin(), [scale](float x) {
        return static_cast<float>(static_cast<double>(x) * scale);
    });
    return unit;
}

std::uint64_t digest_of(std::span<const float> vector) noexcept {
    std::uint64_t digest = vector.size();
    for (const float x : vector) {
        digest = (digest ^ std::bit_cast<std::uint32_t>(x + 0.0f)) * 0x9E3779B97F4A7C15ull;
        digest ^= digest >> 32;
    }
    return digest;
}

} // namespace

Duration steady_time() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

SemanticStore::SemanticStore(EmbedderPointer embedder, const SemanticStoreOptions& options)
    : options_(options)
    , embedder_(std::move(embedder)) {
    if (options.capacity == 0) {
        throw std::invalid_argument("capacity is 0: expected at least one entry");
    }
    require_lifetime(options.lifetime);
    if (embedder_ == nullptr) {
        throw std::invalid_argument("a semantic store needs an embedder");
    }
    index_ = make_index(options.index, embedder_->dimension(), options.graph);
}

bool SemanticStore::is_current(const VectorKey& key) const noexcept {
    return key.embedder == embedder_->name() && key.vector.size() == embedder_->dimension();
}

void SemanticStore::require_current(const VectorKey& key) const {
    if (!is_current(key)) {
        throw std::invalid_argument("a vector of '" + std::string(key.embedder) + "' with " +
                                    std::to_string(key.vector.size()) +
                                    " components: this store holds those of '" + embedder_->name() +
                                    "' with " + std::to_string(embedder_->dimension()));
    }
}

SemanticStore::Place SemanticStore::place_for(std::string value,
                                              std::optional<Duration> lifetime) const {
    const Duration lives = lifetime.value_or(options_.lifetime);
    require_lifetime(lives);
    const Duration now = options_.clock();
    const bool is_endless = now > Duration::zero() && lives > Duration::max() - now;
    return {std::make_shared<const std::string>(std::move(value)),
            now,
            is_endless ? Duration::max() : now + lives};
}

// Embedded without a lock; if the embedder was changed meanwhile, again with the new one.
PutOutcome
SemanticStore::put(std::string_view text, std::string value, std::optional<Duration> lifetime) {
    const Place place = place_for(std::move(value), lifetime);
    for (;;) {
        const EmbedderPointer used = embedder();
        const std::vector<float> unit = unit_of(used->embed(text).vector);
        if (unit.empty()) {
            return PutOutcome::refused;
        }
        const std::unique_lock lock(mutex_);
        if (is_current({used->name(), unit})) {
            return put_locked(unit, place);
        }
    }
}

PutOutcome
SemanticStore::put(const VectorKey& key, std::string value, std::optional<Duration> lifetime) {
    const Place place = place_for(std::move(value), lifetime);
    const std::vector<float> unit = unit_of(key.vector);
    const std::unique_lock lock(mutex_);
    require_current(key);
    return unit.empty() ? PutOutcome::refused : put_locked(unit, place);
}

// Room is made before the entry comes, so that there are never more than the capacity.
PutOutcome SemanticStore::put_locked(std::span<const float> unit, const Place& place) {
    remove_expired(place.now);
    const std::optional<Id> same = same_vector(unit);
    if (same) {
        remove(*same);
    } else if (entries_.size() == options_.capacity) {
        evict_one();
    }
    const Id id = next_id_++;
    index_->add(id, unit);
    const std::uint64_t now = tick_.fetch_add(1, std::memory_order_relaxed);
    entries_.try_emplace(id, place.value, place.deadline, now);
    by_digest_.emplace(digest_of(unit), id);
    recency_.emplace(now, id);
    deadlines_.emplace(place.deadline, id);
    return same ? PutOutcome::replaced : PutOutcome::added;
}

std::optional<SemanticHit> SemanticStore::find(std::string_view text, double tau) {
    require_threshold(tau);
    for (;;) {
        const EmbedderPointer used = embedder();
        const std::vector<float> vector = used->embed(text).vector;
        if (auto found = find_if_current({used->name(), vector}, unit_of(vector), tau)) {
            return *std::move(found);
        }
    }
}

std::optional<SemanticHit> SemanticStore::find(const VectorKey& key, double tau) {
    require_threshold(tau);
    auto found = find_if_current(key, unit_of(key.vector), tau);
    if (!found) {
        const std::shared_lock lock(mutex_);
        require_current(key);
        return std::nullopt; // changed to that of the key between the two locks: nothing was there
    }
    return *std::move(found);
}

// What has expired is not found, and hides nothing: where it was the nearest, all that has expired
// is taken out and the search begins again.
std::optional<std::optional<SemanticHit>>
SemanticStore::find_if_current(const VectorKey& key, std::span<const float> unit, double tau) {
    const Duration now = options_.clock();
    for (;;) {
        {
            const std::shared_lock lock(mutex_);
            if (!is_current(key)) {
                return std::nullopt;
            }
            bool found_expired = false;
            std::optional<SemanticHit> hit = hit_locked(unit, tau, now, found_expired);
            if (!found_expired) {
                lookups_.fetch_add(1, std::memory_order_relaxed);
                hits_.fetch_add(hit ? 1 : 0, std::memory_order_relaxed);
                return hit;
            }
        }
        const std::unique_lock lock(mutex_);
        remove_expired(now);
    }
}

std::optional<SemanticHit> SemanticStore::hit_locked(std::span<const float> unit,
                                                     double tau,
                                                     Duration now,
                                                     bool& found_expired) {
    if (unit.empty()) {
        return std::nullopt;
    }
    const std::vector<retrieval::Neighbour> nearest = index_->search(unit, 1);
    if (nearest.empty() || !is_hit(static_cast<double>(nearest.front().score), tau)) {
        return std::nullopt;
    }
    Entry& entry = entries_.find(nearest.front().id)->second;
    if (now >= entry.deadline) {
        found_expired = true;
        return std::nullopt;
    }
    entry.used.store(tick_.fetch_add(1, std::memory_order_relaxed), std::memory_order_relaxed);
    const double cosine = std::clamp(static_cast<double>(nearest.front().score), -1.0, 1.0);
    return SemanticHit{entry.value, cosine, nearest.front().id};
}

void SemanticStore::remove_expired(Duration now) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        remove(deadlines_.begin()->second);
        expired_.fetch_add(1, std::memory_order_relaxed);
    }
}

// Entries are queued by when they were last used, but finds do not move them: one that has been
// used since is queued again when it comes up. Each find costs at most one such move.
void SemanticStore::evict_one() {
    for (;;) {
        const auto [queued, id] = *recency_.begin();
        Entry& entry = entries_.find(id)->second;
        const std::uint64_t used = entry.used.load(std::memory_order_relaxed);
        if (used == queued) {
            remove(id);
            evicted_.fetch_add(1, std::memory_order_relaxed);
            return;
        }
        recency_.erase(recency_.begin());
        entry.queued = used;
        recency_.emplace(used, id);
    }
}

void SemanticStore::remove(Id id) {
    const auto at = entries_.find(id);
    const auto [first, last] = by_digest_.equal_range(digest_of(index_->vector_of(id)));
    by_digest_.erase(std::find_if(first, last, [id](const auto& one) { return one.second == id; }));
    recency_.erase({at->second.queued, id});
    deadlines_.erase({at->second.deadline, id});
    entries_.erase(at);
    (void)index_->erase(id);
}

std::optional<retrieval::VectorId> SemanticStore::same_vector(std::span<const float> unit) const {
    const auto [first, last] = by_digest_.equal_range(digest_of(unit));
    for (auto at = first; at != last; ++at) {
        if (std::ranges::equal(index_->vector_of(at->second), unit)) {
            return at->second;
        }
    }
    return std::nullopt;
}

bool SemanticStore::erase(Id id) {
    const std::unique_lock lock(mutex_);
    if (!entries_.contains(id)) {
        return false;
    }
    remove(id);
    return true;
}

void SemanticStore::forget_all() {
    index_ = make_index(options_.index, embedder_->dimension(), options_.graph);
    entries_.clear();
    by_digest_.clear();
    recency_.clear();
    deadlines_.clear();
}

void SemanticStore::clear() {
    const std::unique_lock lock(mutex_);
    forget_all();
}

bool SemanticStore::use(EmbedderPointer embedder) {
    if (embedder == nullptr) {
        throw std::invalid_argument("a semantic store needs an embedder");
    }
    const std::unique_lock lock(mutex_);
    const bool is_other =
        embedder->name() != embedder_->name() || embedder->dimension() != embedder_->dimension();
    embedder_ = std::move(embedder);
    if (is_other) {
        invalidated_.fetch_add(entries_.size(), std::memory_order_relaxed);
        forget_all();
    }
    return is_other;
}

SemanticStore::EmbedderPointer SemanticStore::embedder() const {
    const std::shared_lock lock(mutex_);
    return embedder_;
}

std::size_t SemanticStore::size() const {
    const std::shared_lock lock(mutex_);
    return entries_.size();
}

SemanticCounts SemanticStore::counts() const noexcept {
    return {.lookups = lookups_.load(),
            .hits = hits_.load(),
            .evicted = evicted_.load(),
            .expired = expired_.load(),
            .invalidated = invalidated_.load()};
}

} // namespace assay::caching
