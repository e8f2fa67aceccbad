// The store over each kind of index: what leaves the store leaves the index.
#include "caching/planted_vectors.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "told_embedder.hpp"

#include <doctest/doctest.h>

#include <map>
#include <stdexcept>

namespace store_index_test {

using namespace assay;
using namespace assay::caching;
using namespace std::chrono_literals;
using caching_test::ToldTime;

std::vector<retrieval::IndexKind> kinds() {
    if (retrieval::hnsw_is_available()) {
        return {retrieval::IndexKind::flat, retrieval::IndexKind::hnsw};
    }
    MESSAGE("SKIPPED for hnsw: built without hnswlib (install libhnswlib-dev)");
    return {retrieval::IndexKind::flat};
}

TEST_CASE("erased, expired and evicted entries are not found by any index") {
    const auto embedder = std::make_shared<const retrieval::HashedEmbedder>(
        retrieval::HashedOptions{.dimension = 48});
    for (const auto kind : kinds()) {
        CAPTURE(retrieval::name_of(kind));
        ToldTime time;
        SemanticStore store(embedder, {.capacity = 300, .clock = time.clock(), .index = kind});
        std::map<std::uint64_t, Duration> living; // and until when
        for (std::uint64_t seed = 0; seed < 1500; ++seed) {
            time.now += 1s;
            const auto vector = random_direction(48, seed);
            const Duration lifetime = seed % 3 == 0 ? 50s : 100'000s;
            store.put({embedder->name(), vector}, std::to_string(seed), lifetime);
            living[seed] = time.now + lifetime;
            if (seed % 5 == 0) {
                const auto hit = store.find({embedder->name(), vector}, 0.9999);
                REQUIRE(hit);
                CHECK(store.erase(hit->id));
                living.erase(seed);
            }
            std::erase_if(living, [&](const auto& one) { return one.second <= time.now; });
            while (living.size() > 300) {
                living.erase(living.begin()); // none was found again: the oldest is the next
            }
        }
        for (std::uint64_t seed = 0; seed < 1500; ++seed) {
            const auto hit = store.find({embedder->name(), random_direction(48, seed)}, 0.9999);
            REQUIRE(hit.has_value() == living.contains(seed));
            REQUIRE((!hit || *hit->value == std::to_string(seed)));
        }
        CHECK(store.size() == living.size());
    }
}

TEST_CASE("an index that is not there is told when the store is made") {
    if (retrieval::hnsw_is_available()) {
        return;
    }
    CHECK_THROWS_AS(SemanticStore(caching_test::told_embedder({{"a", {1, 0}}}),
                                  {.index = retrieval::IndexKind::hnsw}),
                    std::runtime_error);
}

} // namespace store_index_test
