// What is asked before a text is processed: the answer to the nearest text that was answered
// before.
//
//   const CacheChoice choice{.tau = 0.95, .embedder = embedder, .index = IndexKind::flat};
//   const std::unique_ptr<AnswerCache> cache = make_answer_cache(choice);
//   if (const auto hit = cache->find(vector)) { use(*hit->value); } else { cache->put(vector, ...);
//   }
//
// An interface, so that verification can be shown caches that are wrong. One thread.
#pragma once

#include "caching/semantic_store.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace assay::semantic_tokens_suite {

// More than any batch asks: nothing is ever evicted.
inline constexpr std::size_t kCacheEntries = 10'000;

struct CacheChoice {
    double tau = 1;
    caching::SemanticStore::EmbedderPointer embedder; // shared, as the store wants it
    retrieval::IndexKind index = retrieval::IndexKind::flat;
};

class AnswerCache {
public:
    AnswerCache() = default;
    AnswerCache(const AnswerCache&) = delete;
    AnswerCache& operator=(const AnswerCache&) = delete;
    virtual ~AnswerCache() = default;

    [[nodiscard]] virtual std::optional<caching::SemanticHit>
    find(std::span<const float> vector) = 0;
    virtual void put(std::span<const float> vector, std::string answer) = 0;
    [[nodiscard]] virtual caching::SemanticCounts counts() const = 0;
};

using CacheMaker = std::function<std::unique_ptr<AnswerCache>(const CacheChoice&)>;

// The kernel's SemanticStore, empty. Throws as that does.
[[nodiscard]] std::unique_ptr<AnswerCache> make_answer_cache(const CacheChoice& choice);

} // namespace assay::semantic_tokens_suite
