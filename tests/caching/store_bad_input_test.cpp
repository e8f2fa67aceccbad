#include "told_embedder.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace store_bad_input_test {

using namespace assay::caching;
using namespace std::chrono_literals;
using caching_test::told_embedder;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST_CASE("a store without room, time or embedder is refused") {
    const auto embedder = told_embedder({{"a", {1, 0}}});
    CHECK_THROWS_WITH_AS(SemanticStore(embedder, {.capacity = 0}),
                         "capacity is 0: expected at least one entry",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(SemanticStore(embedder, {.lifetime = -1s}),
                         "lifetime is -1000000000 ns: expected more than 0",
                         std::invalid_argument);
    CHECK_THROWS_AS(SemanticStore(nullptr), std::invalid_argument);
    SemanticStore store(embedder);
    CHECK_THROWS_AS((void)store.use(nullptr), std::invalid_argument);
    CHECK(store.embedder() == embedder);
}

TEST_CASE("a lifetime that is over before it begins is refused and changes nothing") {
    SemanticStore store(told_embedder({{"a", {1, 0}}}), {.capacity = 1});
    store.put("a", "kept");
    CHECK_THROWS_AS(store.put("a", "x", -1ns), std::invalid_argument);
    CHECK_THROWS_AS(store.put("a", "x", 0ns), std::invalid_argument);
    CHECK(*store.find("a", 0.99)->value == "kept");
}

TEST_CASE("a tau that is no cosine is refused") {
    SemanticStore store(told_embedder({{"a", {1, 0}}}));
    for (const double tau : {-1.01, 1.01, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK_THROWS_AS((void)store.find("a", tau), std::invalid_argument);
        CHECK_THROWS_AS((void)store.find({"told", std::vector<float>{1, 0}}, tau),
                        std::invalid_argument);
    }
    CHECK_THROWS_WITH_AS((void)store.find("a", 1.5),
                         "tau is 1.500000: expected a cosine, from -1 to 1",
                         std::invalid_argument);
    CHECK(store.counts().lookups == 0);
}

TEST_CASE("a vector of another embedder or dimension, or with what is no number, is refused") {
    SemanticStore store(told_embedder({{"a", {1, 0}}}));
    using Floats = std::vector<float>;
    CHECK_THROWS_WITH_AS(store.put({"other", Floats{1, 0}}, "x"),
                         "a vector of 'other' with 2 components: this store holds those of 'told' "
                         "with 2",
                         std::invalid_argument);
    CHECK_THROWS_AS(store.put({"told", Floats{1, 0, 0}}, "x"), std::invalid_argument);
    CHECK_THROWS_AS(store.put({"told", Floats{}}, "x"), std::invalid_argument);
    CHECK_THROWS_WITH_AS(store.put({"told", Floats{1, kNan}}, "x"),
                         "vector: component 1 is not finite",
                         std::invalid_argument);
    CHECK_THROWS_AS((void)store.find({"other", Floats{1, 0}}, 0.5), std::invalid_argument);
    CHECK_THROWS_AS((void)store.find({"told", Floats{1}}, 0.5), std::invalid_argument);
    CHECK_THROWS_AS((void)store.find({"told", Floats{kNan, 0}}, 0.5), std::invalid_argument);
    const float infinite = std::numeric_limits<float>::infinity();
    CHECK_THROWS_AS((void)store.find({"told", Floats{infinite, 0}}, 0.5), std::invalid_argument);
    CHECK(store.size() == 0);
    CHECK(store.counts().lookups == 0);
}

} // namespace store_bad_input_test
