#include "caching/planted_vectors.hpp"
#include "caching/semantic_store.hpp"
#include "caching/similarity.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "told_embedder.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace semantic_store_test {

using namespace assay;
using namespace assay::caching;
using namespace std::chrono_literals;
using caching_test::told_embedder;
using caching_test::ToldTime;

std::shared_ptr<const retrieval::Embedder> hashed(std::size_t dimension = 384) {
    return std::make_shared<const retrieval::HashedEmbedder>(
        retrieval::HashedOptions{.dimension = dimension});
}

// north, east and what lies between.
std::shared_ptr<const retrieval::Embedder> compass(const std::string& name = "compass") {
    return told_embedder({{"north", {0, 1}},
                          {"north-east", {0.6f, 0.8f}},
                          {"east", {1, 0}},
                          {"south", {0, -1}},
                          {"west", {-1, 0}}},
                         name);
}

TEST_CASE("a question like one that was asked gets its answer and another does not") {
    SemanticStore store(hashed());
    CHECK(store.put("How do I reset my password?", "settings") == PutOutcome::added);
    const auto same = store.find("How do I reset my password?", 1.0);
    REQUIRE(same);
    CHECK(*same->value == "settings");
    CHECK(same->similarity == doctest::Approx(1).epsilon(1e-6));
    const auto like = store.find("how do i reset a password", 0.7);
    REQUIRE(like);
    CHECK(*like->value == "settings");
    CHECK_FALSE(store.find("When do bananas grow?", 0.7));
    CHECK(store.counts() == SemanticCounts{.lookups = 3, .hits = 2});
}

TEST_CASE("the nearest entry answers, if it is near enough") {
    SemanticStore store(compass());
    store.put("north", "N");
    store.put("east", "E");
    CHECK(*store.find("north-east", 0.79)->value == "N");
    CHECK(store.find("north-east", 0.79)->similarity == doctest::Approx(0.8));
    CHECK(store.find("north-east", 0.8)); // at tau is a hit
    CHECK_FALSE(store.find("north-east", 0.81));
    CHECK(store.find("south", -1.0)); // east: perpendicular, still the nearest
    CHECK(*store.find("south", 0.0)->value == "E");
    CHECK_FALSE(store.find("south", 0.1));
}

TEST_CASE("planted vectors are hits at every tau up to their cosine and misses above") {
    const auto embedder = hashed(384);
    for (const double tau : {0.6, 0.8, 0.92, 0.95, 0.99}) {
        SemanticStore store(embedder);
        const auto key = [&](const std::vector<float>& v) {
            return VectorKey{embedder->name(), v};
        };
        for (std::uint64_t i = 0; i < 60; ++i) {
            // In 384 dimensions other origins are far away: the answer is that of its own.
            const auto origin = random_direction(384, 1000 + i);
            store.put(key(origin), std::to_string(i));
        }
        for (std::uint64_t i = 0; i < 60; ++i) {
            const auto origin = random_direction(384, 1000 + i);
            for (const double cosine : {tau, tau + 0.005, 1.0}) {
                const auto hit = store.find(key(planted_at(origin, cosine, 7 * i + 1)), tau);
                REQUIRE(hit);
                CHECK(*hit->value == std::to_string(i));
                CHECK(std::abs(hit->similarity - cosine) < kSimilarityRounding);
            }
            CHECK_FALSE(store.find(key(planted_at(origin, tau - 0.02, 7 * i + 2)), tau));
            CHECK_FALSE(store.find(key(planted_at(origin, tau - 1e-4, 7 * i + 3)), tau));
        }
    }
}

TEST_CASE("hits are monotone in tau") {
    const auto embedder = hashed(32);
    SemanticStore store(embedder);
    for (std::uint64_t i = 0; i < 50; ++i) {
        store.put({embedder->name(), random_direction(32, i)}, "x");
    }
    for (std::uint64_t i = 0; i < 100; ++i) {
        const auto query = random_direction(32, 5000 + i);
        bool was_hit = true;
        for (int step = -100; step <= 100; step += 5) {
            const bool hits = store.find({embedder->name(), query}, step / 100.0).has_value();
            CHECK((was_hit || !hits));
            was_hit = hits;
        }
    }
}

TEST_CASE("the same vector again replaces its answer") {
    SemanticStore store(hashed());
    CHECK(store.put("one two", "old") == PutOutcome::added);
    CHECK(store.put("two one", "new") == PutOutcome::replaced); // words in another order: no other
    CHECK(store.size() == 1);
    CHECK(*store.find("one two", 0.99)->value == "new");
}

TEST_CASE("the length of a vector does not count") {
    const auto embedder = compass();
    SemanticStore store(embedder);
    store.put({"compass", std::vector<float>{0, 250}}, "N");
    CHECK(store.put("north", "N") == PutOutcome::replaced);
    const auto hit = store.find({"compass", std::vector<float>{3e-30f, 4e-30f}}, 0.8);
    REQUIRE(hit);
    CHECK(hit->similarity == doctest::Approx(0.8));
}

TEST_CASE("text without a word and a vector of zeros never hit and are never kept") {
    SemanticStore store(hashed());
    CHECK(store.put("", "nothing") == PutOutcome::refused);
    CHECK(store.put(" ?! ", "nothing") == PutOutcome::refused);
    store.put("something", "some");
    const std::vector<float> zeros(384);
    CHECK(store.put({store.embedder()->name(), zeros}, "zero") == PutOutcome::refused);
    CHECK(store.size() == 1);
    CHECK_FALSE(store.find("", -1.0));
    CHECK_FALSE(store.find("...", -1.0));
    CHECK_FALSE(store.find({store.embedder()->name(), zeros}, -1.0));
    CHECK(store.counts().lookups == 3);
}

TEST_CASE("never more than the capacity, and the longest unused goes") {
    SemanticStore store(compass(), {.capacity = 2});
    store.put("north", "N");
    store.put("east", "E");
    CHECK(store.find("north", 0.99)); // east is now the longest unused
    store.put("south", "S");
    CHECK(store.size() == 2);
    CHECK_FALSE(store.find("east", 0.99));
    CHECK(store.find("north", 0.99));
    CHECK(store.find("south", 0.99));
    CHECK(store.counts().evicted == 1);
    store.put("south", "S2"); // replacing makes no room
    CHECK(store.counts().evicted == 1);
    CHECK(store.put("", "refused") == PutOutcome::refused);
    CHECK(store.counts().evicted == 1);
}

TEST_CASE("the order of eviction is that of the last use over any history") {
    const auto embedder = hashed(64);
    SemanticStore store(embedder, {.capacity = 20});
    std::vector<int> order; // the longest unused first
    for (std::uint64_t step = 0; step < 2000; ++step) {
        const int key = static_cast<int>(step * 2654435761u % 47);
        const auto vector = random_direction(64, static_cast<std::uint64_t>(key));
        const auto at = std::find(order.begin(), order.end(), key);
        REQUIRE((at != order.end()) == store.find({embedder->name(), vector}, 0.999).has_value());
        if (at != order.end()) {
            order.erase(at);
        } else {
            if (order.size() == 20) {
                order.erase(order.begin());
            }
            store.put({embedder->name(), vector}, std::to_string(key));
        }
        order.push_back(key);
        REQUIRE(store.size() == order.size());
    }
    CHECK(store.counts().evicted > 100);
}

TEST_CASE("an entry lives for its time and not a nanosecond longer") {
    ToldTime time;
    SemanticStore store(compass(), {.lifetime = 10s, .clock = time.clock()});
    store.put("north", "N");
    store.put("east", "E", 30s);
    time.now += 10s - 1ns;
    CHECK(store.find("north", 0.99));
    time.now += 1ns;
    CHECK_FALSE(store.find("north", 0.99));
    CHECK(store.counts().expired == 1);
    CHECK(store.size() == 1);
    CHECK(store.find("east", 0.99));
    time.now += 20s;
    CHECK_FALSE(store.find("east", 0.99));
    CHECK(store.size() == 0);
}

TEST_CASE("what has expired hides nothing that lives") {
    ToldTime time;
    SemanticStore store(compass(), {.clock = time.clock()});
    store.put("north", "N", 1s);
    store.put("east", "E", 100s);
    time.now += 5s;
    const auto hit = store.find("north-east", 0.5); // north was nearer
    REQUIRE(hit);
    CHECK(*hit->value == "E");
}

TEST_CASE("what has expired makes room before anything is evicted") {
    ToldTime time;
    SemanticStore store(compass(), {.capacity = 2, .clock = time.clock()});
    store.put("north", "N", 100s);
    store.put("east", "E", 1s);
    time.now += 5s;
    store.put("south", "S");
    CHECK(store.counts() == SemanticCounts{.expired = 1});
    CHECK(store.find("north", 0.99));
}

TEST_CASE("putting again begins a new life, and a lifetime may be endless") {
    ToldTime time;
    SemanticStore store(compass(), {.clock = time.clock()});
    store.put("north", "N", 10s);
    time.now += 9s;
    store.put("north", "N", 10s);
    store.put("east", "E", Duration::max());
    time.now += 9s;
    CHECK(store.find("north", 0.99));
    time.now = Duration::max() - 1ns;
    CHECK(store.find("east", 0.99));
    CHECK_FALSE(store.find("north", 0.99));
}

TEST_CASE("a clock that goes back brings nothing back and takes nothing away") {
    ToldTime time;
    SemanticStore store(compass(), {.clock = time.clock()});
    store.put("north", "N", 10s);
    store.put("east", "E", 100s);
    time.now += 20s;
    CHECK_FALSE(store.find("north", 0.99));
    time.now -= 20s;
    CHECK_FALSE(store.find("north", 0.99));
    CHECK(store.find("east", 0.99));
}

TEST_CASE("an erased entry is not found, and its answer outlives it in who holds it") {
    SemanticStore store(compass());
    store.put("north", "N");
    const auto hit = store.find("north", 0.99);
    REQUIRE(hit);
    CHECK(store.erase(hit->id));
    CHECK_FALSE(store.erase(hit->id));
    CHECK(*hit->value == "N");
    CHECK_FALSE(store.find("north", 0.99));
    store.put("north", "N2");
    store.clear();
    CHECK(store.size() == 0);
    CHECK_FALSE(store.find("north", -1));
}

TEST_CASE("another embedder or dimension forgets everything, the same one nothing") {
    SemanticStore store(compass());
    store.put("north", "N");
    CHECK_FALSE(store.use(compass()));
    CHECK(store.find("north", 0.99));
    CHECK(store.use(compass("another")));
    CHECK(store.size() == 0);
    CHECK_FALSE(store.find("north", -1));
    CHECK(store.counts().invalidated == 1);
    store.put("north", "N");
    CHECK(store.use(told_embedder({{"north", {0, 1, 0}}}, "another")));
    CHECK_FALSE(store.find("north", -1));
    CHECK(store.put("north", "N") == PutOutcome::added);
    CHECK(store.find("north", 0.99));
}

TEST_CASE("distances and the thresholds of GPTCache are converted") {
    CHECK(squared_distance_of(1) == 0);
    CHECK(squared_distance_of(-1) == 4);
    CHECK(cosine_of_squared_distance(squared_distance_of(0.37)) == doctest::Approx(0.37));
    CHECK(cosine_of_gptcache(0.8) == doctest::Approx(0.6));
    // 4 - d^2 >= 4 tau is the rule there.
    for (const double cosine : {-0.5, 0.0, 0.59, 0.61, 0.9}) {
        CHECK((4 - squared_distance_of(cosine) >= 4 * 0.8) == is_hit(cosine, 0.6));
    }
    const auto x = random_direction(100, 1), y = planted_at(x, 0.4, 2);
    double squared = 0;
    for (std::size_t i = 0; i < 100; ++i) {
        squared += std::pow(static_cast<double>(x[i] - y[i]), 2);
    }
    CHECK(squared == doctest::Approx(squared_distance_of(0.4)).epsilon(1e-5));
}

} // namespace semantic_store_test
