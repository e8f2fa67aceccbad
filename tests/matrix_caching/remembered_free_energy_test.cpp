#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "active_inference/policies/remembered_free_energy.hpp"
#include "allocation_count.hpp"
#include "bitwise.hpp"
#include "intermediate_requests.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace remembered_free_energy_test {

using namespace assay::matrix_caching;
namespace ai = assay::active_inference;

namespace {

constexpr IntermediateAxes kSmall{
    .states = 3, .states2 = 2, .actions2 = 2, .depth = 2, .working_set_bytes = 160000, .seed = 3};

} // namespace

TEST_CASE("beliefs are as many as their prefixes fit into the working set") {
    CHECK(kSmall.policies() == 64);
    CHECK(kSmall.prefixes() == 8 + 64);
    const IntermediateRequests requests(kSmall);
    REQUIRE(requests.count() > 3);
    CHECK(requests.count() * belief_entry_bytes(kSmall) <= 160000);
    CHECK((requests.count() + 1) * belief_entry_bytes(kSmall) > 160000);
    ai::RememberedFreeEnergy efe(requests.model(), requests.options(true), {});
    for (std::uint32_t key = 0; key < requests.count(); ++key) {
        efe.evaluate(requests.belief(key));
    }
    CHECK(efe.cache().entry_count() == requests.count() * kSmall.prefixes());
}

TEST_CASE("free energies are those of the definition in plain loops") {
    const IntermediateRequests requests(kSmall);
    ai::ExpectedFreeEnergy efe(requests.model(), nullptr, requests.options(false));
    REQUIRE(efe.evaluate(requests.belief(1)));
    REQUIRE(efe.values().size() == kSmall.policies());
    for (std::size_t policy = 0; policy < kSmall.policies(); ++policy) {
        const double expected = ai::plain_expected_free_energy(
            requests.model(), efe.policies(), policy, requests.belief(1));
        CHECK(efe.values()[policy] == doctest::Approx(expected).epsilon(1e-11));
    }
}

TEST_CASE("remembered free energies are bit for bit the full ones over 1000 random requests") {
    const IntermediateRequests requests(kSmall);
    ai::ExpectedFreeEnergy full(requests.model(), nullptr, requests.options(false));
    for (const ai::Eviction eviction : {ai::Eviction::lru, ai::Eviction::lfu, ai::Eviction::none}) {
        for (const std::size_t limit :
             {std::size_t{0}, std::size_t{3000}, std::size_t{60000}, ai::kUnlimitedBytes}) {
            CAPTURE(limit);
            ai::RememberedFreeEnergy efe(
                requests.model(), requests.options(true), {eviction, limit});
            assay::RandomSource random(limit + 7);
            for (int request = 0; request < 1000; ++request) {
                const ai::Beliefs& q = requests.belief(random.below(requests.count()));
                efe.evaluate(q);
                REQUIRE(full.evaluate(q));
                REQUIRE_FALSE(bitwise_difference({full.values()}, {efe.values()}).has_value());
                REQUIRE(efe.cache().bytes() <= limit);
            }
            CHECK(efe.counts().lookups == 1000 * kSmall.prefixes());
            CHECK(efe.counts().hits + efe.counts().misses == efe.counts().lookups);
            CHECK(efe.work().adds_up());
            CHECK(efe.cache().counts().bytes_max <= limit);
        }
    }
}

TEST_CASE("a belief that differs in one bit is another belief") {
    const IntermediateRequests requests(kSmall);
    ai::RememberedFreeEnergy efe(requests.model(), requests.options(true), {});
    ai::Beliefs q = requests.belief(0);
    efe.evaluate(q);
    q.values()[0] = std::nextafter(q.values()[0], 1.0);
    efe.evaluate(q);
    CHECK(efe.counts().hits == 0);
}

TEST_CASE("what was learnt is seen by the next evaluation") {
    const IntermediateRequests requests(kSmall);
    ai::FactoredModel model = requests.model();
    ai::RememberedFreeEnergy efe(model, requests.options(true), {});
    efe.evaluate(requests.belief(0));
    std::swap(model.likelihoods[0].data[0], model.likelihoods[0].data[6]);
    std::swap(model.transitions[0].data[0], model.transitions[0].data[12]);
    ++model.version;
    ai::ExpectedFreeEnergy full(model, nullptr, requests.options(false));
    REQUIRE(full.evaluate(requests.belief(0)));
    efe.evaluate(requests.belief(0));
    CHECK_FALSE(bitwise_difference({full.values()}, {efe.values()}).has_value());
    CHECK(efe.counts().hits == 0);
}

TEST_CASE("a belief that is found allocates nothing, nor does one that displaces another") {
    const IntermediateRequests requests(kSmall);
    ai::RememberedFreeEnergy efe(
        requests.model(), requests.options(true), {ai::Eviction::lru, 60000});
    for (int round = 0; round < 2; ++round) {
        const std::uint64_t before = allocation_count();
        for (std::uint32_t key = 0; key < requests.count(); ++key) {
            efe.evaluate(requests.belief(key));
            efe.evaluate(requests.belief(key));
        }
        if (round == 1) {
            CHECK(allocation_count() == before);
            CHECK(efe.counts().hits > 0);
            CHECK(efe.cache().counts().evictions > 0);
        }
    }
}

} // namespace remembered_free_energy_test
