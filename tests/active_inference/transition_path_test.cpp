#include "active_inference/access_pattern.hpp"
#include "active_inference/random_model.hpp"
#include "active_inference/square_matrix.hpp"
#include "active_inference/transition_path.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <vector>

using namespace assay::active_inference;

namespace {

using Actions = std::vector<std::uint8_t>;

FactoredModel model_of(std::size_t states, std::uint64_t seed, std::size_t factors = 2) {
    return random_model({.state_counts = std::vector<std::size_t>(factors, states),
                         .action_counts = std::vector<std::size_t>(factors, 4)},
                        seed);
}

// Sequence number `number` of the 4^steps in the order of a policy tree.
Actions sequence(std::uint32_t number, std::size_t steps) {
    Actions actions(steps);
    for (std::size_t step = steps; step-- > 0;) {
        actions[step] = number % 4;
        number /= 4;
    }
    return actions;
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

bool same_bits(const StepTransition& a, const StepTransition& b) {
    return same_bits(a.product, b.product) && same_bits(a.smoothing, b.smoothing);
}

constexpr Eviction kAll[] = {Eviction::lru, Eviction::lfu, Eviction::fifo, Eviction::none};

} // namespace

TEST_CASE("a k-step product applies the actions in time order") {
    const FactoredModel model = model_of(5, 3);
    const TransitionMatrices matrices(model);
    FullTransitions full(matrices);
    const Actions actions{2, 0, 3};
    const StepTransition found = full.fetch(1, actions);
    // Pushing every state through the steps one after the other gives the columns.
    for (std::size_t start = 0; start < 5; ++start) {
        std::vector<double> belief(5, 0.0);
        belief[start] = 1;
        for (const std::uint8_t action : actions) {
            std::vector<double> next(5, 0.0);
            for (std::size_t to = 0; to < 5; ++to) {
                for (std::size_t from = 0; from < 5; ++from) {
                    next[to] += matrices.matrix(1, action)[to * 5 + from] * belief[from];
                }
            }
            belief = next;
        }
        for (std::size_t to = 0; to < 5; ++to) {
            CHECK(found.product[to * 5 + start] == doctest::Approx(belief[to]).epsilon(1e-13));
        }
    }
}

TEST_CASE("one step is the model's own matrix and its smoothing transpose") {
    const TransitionMatrices matrices(model_of(6, 1));
    std::vector<double> smoothing(36);
    smoothing_transpose(6, matrices.matrix(0, 2).data(), smoothing.data());
    FullTransitions full(matrices);
    CachedTransitions cached(matrices, {});
    for (int round = 0; round < 2; ++round) {
        for (const StepTransition& found :
             {full.fetch(0, Actions{2}), cached.fetch(0, Actions{2})}) {
            CHECK(same_bits(found.product, matrices.matrix(0, 2)));
            CHECK(same_bits(found.smoothing, smoothing));
        }
    }
    CHECK(cached.counts().hits == 1);
}

TEST_CASE("cached results equal full ones bit for bit for every eviction, limit and pattern") {
    constexpr std::size_t kStates = 5, kSteps = 3;
    const TransitionMatrices matrices(model_of(kStates, 17));
    const std::size_t entry = CachedTransitions::entry_bytes(kStates, kSteps);
    for (const Eviction eviction : kAll) {
        for (const std::size_t limit :
             {std::size_t{0}, entry, entry + 64, 3 * entry, 20 * entry, kUnlimitedBytes}) {
            for (const char* pattern : {"uniform", "zipf1.1", "scan"}) {
                CAPTURE(name_of(eviction));
                CAPTURE(limit);
                CAPTURE(pattern);
                const AccessStream stream(*access_pattern_from(pattern), 128, 2);
                std::vector<std::uint32_t> keys(400);
                stream.draw(5, keys);
                FullTransitions full(matrices);
                CachedTransitions cached(matrices, {eviction, limit});
                for (const std::uint32_t key : keys) {
                    const Actions actions = sequence(key % 64, kSteps);
                    REQUIRE(
                        same_bits(full.fetch(key / 64, actions), cached.fetch(key / 64, actions)));
                    REQUIRE(cached.cache().bytes() <= limit);
                }
                CHECK(cached.cache().counts().bytes_max <= limit);
                const FetchCounts& counts = cached.counts();
                CHECK(counts.lookups == keys.size());
                CHECK(counts.hits + counts.misses == counts.lookups);
                if (limit == 0) {
                    CHECK(counts.hits + counts.partial_hits == 0);
                } else if (limit >= 3 * entry) { // less is entry and table of nothing else
                    CHECK(counts.hits + counts.partial_hits > 0);
                }
            }
        }
    }
}

TEST_CASE("operations done and skipped add up to those of the full path") {
    const TransitionMatrices matrices(model_of(4, 1));
    FullTransitions full(matrices);
    CachedTransitions cached(matrices, {Eviction::lru, 5000});
    assay::RandomSource random(1);
    for (int i = 0; i < 500; ++i) {
        const std::size_t steps = 1 + random.below(4);
        const Actions actions = sequence(random.below(256), steps);
        const std::size_t factor = random.below(2);
        (void)full.fetch(factor, actions);
        (void)cached.fetch(factor, actions);
    }
    CHECK(full.work().ops_skipped == 0);
    CHECK(full.work().contractions_skipped == 0);
    CHECK(cached.work().ops_done + cached.work().ops_skipped == full.work().ops_done);
    CHECK(cached.work().contractions_done + cached.work().contractions_skipped ==
          full.work().contractions_done);
    CHECK(cached.work().ops_skipped > 0);
}

TEST_CASE("all sequences of depth 4 take 336 products with prefixes and 768 without") {
    const TransitionMatrices matrices(model_of(3, 1, 1));
    FullTransitions full(matrices);
    CachedTransitions cached(matrices, {});
    for (std::uint32_t number = 0; number < 256; ++number) {
        (void)full.fetch(0, sequence(number, 4));
        (void)cached.fetch(0, sequence(number, 4));
    }
    CHECK(full.work().contractions_done - 256 == 768); // 256 smoothing transposes
    CHECK(cached.work().contractions_done - 256 == 336);
    CHECK(cached.counts().misses == 256);
    CHECK(cached.counts().partial_hits == 256 - 16); // each pair of first steps is new once
    CHECK(cached.cache().entry_count() == 16 + 64 + 256);
}

TEST_CASE("a prefix that was only passed on the way is completed when it is asked for") {
    const TransitionMatrices matrices(model_of(4, 1));
    FullTransitions full(matrices);
    CachedTransitions cached(matrices, {});
    (void)cached.fetch(0, Actions{1, 2, 3});
    const std::size_t entries = cached.cache().entry_count();
    CHECK(same_bits(cached.fetch(0, Actions{1, 2}), full.fetch(0, Actions{1, 2})));
    CHECK(cached.counts().hits == 0); // its smoothing transpose was not there
    CHECK(same_bits(cached.fetch(0, Actions{1, 2}), full.fetch(0, Actions{1, 2})));
    CHECK(cached.counts().hits == 1);
    CHECK(cached.cache().entry_count() == entries);
}

TEST_CASE("a model that has learnt never sees results of its older version") {
    FactoredModel model = model_of(5, 1);
    const TransitionMatrices old_matrices(model);
    model.transitions = model_of(5, 2).transitions;
    ++model.version;
    const TransitionMatrices new_matrices(model);
    CachedTransitions cached(old_matrices, {});
    const Actions actions{0, 1, 2};
    (void)cached.fetch(0, actions);
    cached.use_matrices(new_matrices);
    FullTransitions full(new_matrices);
    CHECK(same_bits(cached.fetch(0, actions), full.fetch(0, actions)));
    CHECK(cached.counts().hits == 0);
    cached.use_matrices(old_matrices); // and the older version is still itself
    FullTransitions old_full(old_matrices);
    CHECK(same_bits(cached.fetch(0, actions), old_full.fetch(0, actions)));
    CHECK(cached.counts().hits == 1);
}

TEST_CASE("factors do not share entries") {
    const TransitionMatrices matrices(model_of(5, 1));
    CachedTransitions cached(matrices, {});
    FullTransitions full(matrices);
    (void)cached.fetch(0, Actions{1, 1});
    CHECK(same_bits(cached.fetch(1, Actions{1, 1}), full.fetch(1, Actions{1, 1})));
    CHECK(cached.counts().hits == 0);
}

TEST_CASE("the planned size of an entry is the size it takes") {
    const TransitionMatrices matrices(model_of(6, 1));
    for (const std::size_t steps : {1u, 2u}) {
        CachedTransitions cached(matrices, {});
        (void)cached.fetch(0, sequence(0, steps));
        const std::size_t table = ByteCache::table_bytes(Eviction::lru, 1);
        CHECK(cached.cache().bytes() - table == CachedTransitions::entry_bytes(6, steps));
    }
}

TEST_CASE("requests allocate nothing once the cache is full") {
    const TransitionMatrices matrices(model_of(8, 1));
    CachedTransitions cached(matrices, {Eviction::lru, 12 * CachedTransitions::entry_bytes(8, 4)});
    assay::RandomSource random(1);
    std::vector<Actions> requests;
    for (int i = 0; i < 400; ++i) {
        requests.push_back(sequence(random.below(256), 4));
    }
    for (const Actions& actions : requests) {
        (void)cached.fetch(0, actions);
    }
    const std::uint64_t before = allocation_count();
    for (const Actions& actions : requests) {
        (void)cached.fetch(0, actions);
    }
    CHECK(allocation_count() == before);
}
