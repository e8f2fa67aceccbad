#include "caching/planted_vectors.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "told_embedder.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace store_threads_test {

using namespace assay;
using namespace assay::caching;

constexpr std::uint64_t kKeys = 60;
constexpr int kRounds = 400;

std::shared_ptr<const retrieval::Embedder> hashed(std::size_t dimension) {
    return std::make_shared<const retrieval::HashedEmbedder>(
        retrieval::HashedOptions{.dimension = dimension});
}

// Everything at once; what is found must be an answer that was put for its own key.
void hammer(retrieval::IndexKind kind) {
    const auto embedder = hashed(32);
    std::vector<std::vector<float>> keys;
    for (std::uint64_t i = 0; i < kKeys; ++i) {
        keys.push_back(random_direction(32, i));
    }
    std::atomic<std::int64_t> now = 1;
    SemanticStore store(embedder,
                        {.capacity = 40,
                         .lifetime = Duration(3000),
                         .clock = [&now] { return Duration(now.fetch_add(1)); },
                         .index = kind});
    std::atomic<int> wrong = 0, hits = 0;
    const auto work = [&](std::uint64_t seed) {
        for (int round = 0; round < kRounds; ++round) {
            seed = seed * 6364136223846793005ull + 1442695040888963407ull;
            const std::uint64_t i = (seed >> 33) % kKeys;
            const VectorKey key{embedder->name(), keys[i]};
            const auto hit = store.find(key, 0.999);
            if (hit) {
                ++hits;
                wrong += *hit->value == std::to_string(i) ? 0 : 1;
            } else {
                store.put(key, std::to_string(i));
            }
            if ((seed >> 20) % 16 == 0 && hit) {
                (void)store.erase(hit->id);
            }
            wrong += store.size() > 40 ? 1 : 0;
        }
    };
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < 4; ++t) {
        threads.emplace_back(work, t + 1);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(wrong == 0);
    CHECK(hits > 0);
    CHECK(store.counts().lookups == 4 * kRounds);
    CHECK(store.counts().hits == static_cast<std::uint64_t>(hits.load()));
}

TEST_CASE("threads that put, find and erase get answers that were put for their question") {
    hammer(retrieval::IndexKind::flat);
    if (retrieval::hnsw_is_available()) {
        hammer(retrieval::IndexKind::hnsw);
    }
}

TEST_CASE("the embedder may change while others put and find") {
    const std::vector<SemanticStore::EmbedderPointer> embedders{hashed(16), hashed(24)};
    SemanticStore store(embedders[0], {.capacity = 30});
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
            for (int round = 0; round < kRounds; ++round) {
                const std::string text = "question " + std::to_string((round * 7 + t) % 50);
                if (t == 0 && round % 5 == 0) {
                    (void)store.use(embedders[static_cast<std::size_t>(round / 5) % 2]);
                }
                store.put(text, text);
                const auto hit = store.find(text, 0.9999);
                wrong += hit && *hit->value != text ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(wrong == 0);
    CHECK(store.counts().invalidated > 0);
}

} // namespace store_threads_test
