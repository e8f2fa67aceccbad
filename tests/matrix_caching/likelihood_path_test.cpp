#include "active_inference/random_model.hpp"
#include "allocation_count.hpp"
#include "bitwise.hpp"
#include "likelihood_requests.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>
#include <vector>

namespace likelihood_path_test {

using namespace assay::matrix_caching;
namespace ai = assay::active_inference;

namespace {

constexpr LikelihoodAxes kSmall{.states = 4, .factors = 2, .working_set_bytes = 40000, .seed = 3};

ai::LikelihoodCacheOptions options(ai::Eviction eviction, std::size_t limit, bool sums) {
    return {{eviction, limit}, sums};
}

} // namespace

TEST_CASE("every observation of a working set is another vector of outcomes") {
    for (const std::size_t factors : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
        const LikelihoodRequests requests({3, factors, 40000, 3});
        std::set<std::vector<std::uint32_t>> seen;
        for (std::uint32_t key = 0; key < requests.count(); ++key) {
            const auto outcomes = requests.outcomes(key);
            for (std::size_t m = 0; m < factors; ++m) {
                CHECK(outcomes[m] < requests.model().outcome_counts[m]);
            }
            seen.emplace(outcomes.begin(), outcomes.end());
        }
        CHECK(seen.size() == requests.count());
    }
}

TEST_CASE("a cache that saw every observation holds exactly the planned entries") {
    const LikelihoodRequests requests(kSmall);
    CHECK(observation_bytes(kSmall, requests.count()) <= 40000);
    CHECK(observation_bytes(kSmall, requests.count() + 1) > 40000);
    ai::CachedLikelihoods cached(requests.model(), {});
    for (std::uint32_t key = 0; key < requests.count(); ++key) {
        (void)cached.fetch(requests.outcomes(key));
    }
    const std::size_t table =
        ai::ByteCache::table_bytes(ai::Eviction::lru, cached.cache().entry_count());
    CHECK(cached.cache().bytes() - table == observation_bytes(kSmall, requests.count()));
}

TEST_CASE("likelihoods with any cache are bit for bit the full ones over 1000 random requests") {
    LikelihoodRequests requests(kSmall);
    ai::FullLikelihoods full(requests.model());
    for (const ai::Eviction eviction :
         {ai::Eviction::lru, ai::Eviction::lfu, ai::Eviction::fifo, ai::Eviction::none}) {
        for (const std::size_t limit : {std::size_t{0},
                                        std::size_t{700},
                                        std::size_t{5000},
                                        std::size_t{20000},
                                        ai::kUnlimitedBytes}) {
            for (const bool sums : {false, true}) {
                CAPTURE(limit);
                ai::CachedLikelihoods cached(requests.model(), options(eviction, limit, sums));
                assay::RandomSource random(limit + 7);
                for (int request = 0; request < 1000; ++request) {
                    const auto outcomes = requests.outcomes(random.below(requests.count()));
                    const auto difference =
                        bitwise_difference({full.fetch(outcomes)}, {cached.fetch(outcomes)});
                    REQUIRE_FALSE(difference.has_value());
                    REQUIRE(cached.cache().bytes() <= limit);
                }
                const ai::FetchCounts& counts = cached.counts();
                CHECK(counts.lookups == 1000);
                CHECK(counts.hits + counts.misses == 1000);
                const ai::PathWork one = ai::likelihood_work(16, 2);
                const ai::PathWork& work = cached.work();
                CHECK(work.logarithms_done + work.logarithms_skipped == 1000 * one.logarithms_done);
                CHECK(work.ops_done + work.ops_skipped == 1000 * one.ops_done);
                CHECK(cached.cache().counts().bytes_max <= limit);
            }
        }
    }
}

TEST_CASE("a likelihood that was learnt is not found under the old version") {
    ai::FactoredModel model = ai::random_model(
        {.state_counts = {3, 2}, .action_counts = {1, 1}, .outcome_counts = {2, 2}}, 5);
    ai::CachedLikelihoods cached(model, {});
    const std::vector<std::uint32_t> outcomes{1, 0};
    (void)cached.fetch(outcomes);
    std::swap(model.likelihoods[0].data[0], model.likelihoods[0].data[6]);
    std::swap(model.likelihoods[0].data[1], model.likelihoods[0].data[7]);
    ++model.version;
    ai::FullLikelihoods full(model);
    CHECK_FALSE(bitwise_difference({full.fetch(outcomes)}, {cached.fetch(outcomes)}).has_value());
    CHECK(cached.counts().misses == 2);
    (void)cached.fetch(outcomes);
    CHECK(cached.counts().hits == 1);
}

TEST_CASE("two observations that share an outcome share its slice and nothing else") {
    const LikelihoodRequests requests(kSmall);
    ai::CachedLikelihoods cached(requests.model(), {});
    (void)cached.fetch(std::vector<std::uint32_t>{0, 0});
    CHECK(cached.work().logarithms_done == 32);
    (void)cached.fetch(std::vector<std::uint32_t>{0, 1});
    CHECK(cached.work().logarithms_done == 48);
    CHECK(cached.counts().partial_hits == 1);
    CHECK(cached.cache().entry_count() == 5); // 3 slices, 2 sums
}

TEST_CASE("a likelihood that is found allocates nothing, nor does one that displaces another") {
    const LikelihoodRequests requests(kSmall);
    ai::CachedLikelihoods cached(requests.model(), options(ai::Eviction::lru, 10000, true));
    for (int round = 0; round < 2; ++round) {
        const std::uint64_t before = allocation_count();
        for (std::uint32_t key = 0; key < requests.count(); ++key) {
            (void)cached.fetch(requests.outcomes(key));
        }
        if (round == 1) {
            CHECK(allocation_count() == before);
            CHECK(cached.cache().counts().evictions > 0);
        }
    }
}

TEST_CASE("a modality that does not see all factors is refused by name") {
    const ai::FactoredModel model = ai::random_model({.state_counts = {3, 2},
                                                      .action_counts = {1, 1},
                                                      .outcome_counts = {2, 2},
                                                      .likelihood_factors = {{0, 1}, {1}}},
                                                     5);
    CHECK_THROWS_WITH_AS(ai::FullLikelihoods{model},
                         "likelihood_factors[1]: expected all factors in order",
                         std::invalid_argument);
}

TEST_CASE("with one factor there are as many observations as outcomes, however many fit") {
    constexpr LikelihoodAxes kOne{
        .states = 3, .factors = 1, .working_set_bytes = std::size_t{1} << 20, .seed = 3};
    // Asked by every search for what fits, of up to 2^28 observations: no counting up to them.
    const std::uint32_t fits = observations_in(kOne, kOne.working_set_bytes);
    CHECK(observation_bytes(kOne, fits) <= kOne.working_set_bytes);
    CHECK(observation_bytes(kOne, fits + 1) > kOne.working_set_bytes);
    for (int again = 0; again < 1000; ++again) {
        CHECK(observations_in(kOne, kOne.working_set_bytes) == fits);
    }
}

} // namespace likelihood_path_test
