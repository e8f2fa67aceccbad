// The family `comparison`: what its twins share, and what each cache spares.
#include "active_inference/model_fault.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "allocation_count.hpp"
#include "comparison_workload.hpp"
#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace comparison_test {

using namespace matrix_caching_test;
using namespace suite_test;

namespace {

constexpr const char* kWorkloads[] = {"mixed", "transition-heavy", "observation-heavy"};
constexpr const char* kCaches[] = {"none", "likelihoods", "transitions", "intermediates", "all"};

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::unique_ptr<OpenCase> open(std::string workload, std::string caches) {
    return session().open("comparison",
                          {{"workload", std::move(workload)}, {"caches", std::move(caches)}});
}

double last(const BatchResult& result, const std::string& key) {
    return result.metrics.at(key).back();
}

} // namespace

TEST_CASE("an agent passes its verification whatever caches it has") {
    for (const char* caches : kCaches) {
        CAPTURE(caches);
        auto opened = open("mixed", caches);
        REQUIRE(opened->status() == ASSAY_OK);
        CHECK(opened->verify() == ASSAY_OK);
        // 1 000 steps: 16 beliefs, G and probability of 16 policies, 2 actions.
        CHECK(opened->metrics().at("values_verified").back() == 1000 * (16 + 2 * 16 + 2));
    }
}

TEST_CASE("an agent with many policies passes its verification") {
    CHECK(open("transition-heavy", "all")->verify() == ASSAY_OK);
}

TEST_CASE("an agent with many observations passes its verification") {
    CHECK(open("observation-heavy", "all")->verify() == ASSAY_OK);
}

TEST_CASE("twins of a workload live through the same and end with the same checksum") {
    for (const char* workload : kWorkloads) {
        CAPTURE(workload);
        std::set<std::uint64_t> checksums;
        for (const char* caches : kCaches) {
            auto opened = open(workload, caches);
            (void)opened->batch({.iterations = 3, .seed = 5}); // another life before
            checksums.insert(opened->batch({.iterations = 10, .seed = 9}).checksum);
        }
        CHECK(checksums.size() == 1);
        auto opened = open(workload, "none");
        checksums.insert(opened->batch({.iterations = 10, .seed = 10}).checksum);
        checksums.insert(opened->batch({.iterations = 11, .seed = 9}).checksum);
        checksums.insert(opened->batch({.iterations = 10, .seed = 9, .lane = 1}).checksum);
        CHECK(checksums.size() == 4);
    }
}

TEST_CASE("done and skipped add up to the same total whatever an agent keeps") {
    for (const char* workload : kWorkloads) {
        CAPTURE(workload);
        std::set<double> ops, logarithms;
        for (const char* caches : kCaches) {
            const BatchResult result = open(workload, caches)->batch({.iterations = 12, .seed = 3});
            REQUIRE(result.status == ASSAY_OK);
            for (const std::string of : {"contractions", "ops", "logarithms"}) {
                CHECK(last(result, of + "_done") + last(result, of + "_skipped") ==
                      doctest::Approx(last(result, of + "_total")));
            }
            CHECK(last(result, "state_ops") <= last(result, "ops_done"));
            CHECK(last(result, "state_logarithms") <= last(result, "logarithms_done"));
            ops.insert(last(result, "ops_total"));
            logarithms.insert(last(result, "logarithms_total"));
        }
        CHECK(ops.size() == 1);
        CHECK(logarithms.size() == 1);
    }
}

TEST_CASE("without caches an agent skips nothing and says nothing about hits or memory") {
    const BatchResult result = open("mixed", "none")->batch({.iterations = 5});
    CHECK(last(result, "ops_skipped") == 0);
    CHECK(last(result, "logarithms_skipped") == 0);
    CHECK(last(result, "contractions_skipped") == 0);
    CHECK_FALSE(result.metrics.contains("lookups"));
    CHECK_FALSE(result.metrics.contains("memory_overhead"));
}

TEST_CASE("shared beginnings spare contractions and kept tables spare logarithms alone") {
    const BatchResult transitions = open("mixed", "transitions")->batch({.iterations = 5});
    // 16 policies of 2 steps have 20 different beginnings.
    CHECK(last(transitions, "contractions_skipped") > 0);
    CHECK(last(transitions, "ops_skipped") > 0);
    CHECK_FALSE(transitions.metrics.contains("lookups"));
    // Two steps of 16 beliefs and the sums of four terms.
    CHECK(last(transitions, "memory_overhead") == 2 * (16 * 8 + 4 * 8));

    const BatchResult tables = open("mixed", "intermediates")->batch({.iterations = 5});
    CHECK(last(tables, "contractions_skipped") == 0);
    CHECK(last(tables, "logarithms_skipped") > last(transitions, "logarithms_skipped"));
    CHECK(last(tables, "memory_overhead") == 3 * 64 * 8);
}

TEST_CASE("an agent whose likelihoods all fit finds every one of them") {
    auto opened = open("mixed", "likelihoods");
    const BatchResult result = opened->batch({.iterations = 300, .seed = 2});
    CHECK(last(result, "lookups") == 300);
    CHECK(last(result, "hits") == 300);
    CHECK(last(result, "evictions") == 0);
}

TEST_CASE("an agent with more observations than fit finds most of them and evicts") {
    for (const char* caches : {"likelihoods", "all"}) {
        auto opened = open("observation-heavy", caches);
        const BatchResult result = opened->batch({.iterations = 400, .seed = 2});
        CHECK(last(result, "lookups") == 400);
        CHECK(last(result, "hits") + last(result, "misses") == 400);
        CHECK(last(result, "hits") > 200);
        CHECK(last(result, "misses") > 0);
        CHECK(last(result, "evictions") == doctest::Approx(last(result, "misses") / 400));
        CHECK(last(result, "bytes_used") <= 1 << 20);
        CHECK(last(result, "memory_overhead") <= (1 << 20) + 64 * 1024);
    }
}

TEST_CASE("a step of an agent allocates nothing once its caches are full") {
    for (const char* caches : kCaches) {
        CAPTURE(caches);
        auto opened = open("transition-heavy", caches);
        (void)opened->batch({.iterations = 8, .seed = 1});
        // Both outcomes were seen. What a batch allocates does not depend on its steps.
        const std::uint64_t begin = allocation_count();
        (void)opened->batch({.iterations = 4, .seed = 2, .warmup = true});
        const std::uint64_t middle = allocation_count();
        (void)opened->batch({.iterations = 8, .seed = 2, .warmup = true});
        CHECK(middle > begin); // counted in the plugin too
        CHECK(allocation_count() - middle == middle - begin);
    }
}

TEST_CASE("a cancelled batch of an agent reports no figures") {
    auto opened = open("mixed", "all");
    const BatchResult result = opened->batch({.iterations = 10, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
    CHECK(opened->batch({.iterations = 10}).done == 10);
}

TEST_CASE("an environment shows the same for the same seed, and every outcome there is") {
    using assay::matrix_caching::comparison_shape;
    for (const char* name : kWorkloads) {
        const auto shape = comparison_shape(name);
        REQUIRE(shape);
        const assay::matrix_caching::ComparisonWorkload work(*shape, 4);
        CHECK_FALSE(assay::active_inference::first_fault(work.model()));
        std::vector<std::uint32_t> one(500 * work.modalities()), two(one.size());
        work.draw(8, one);
        work.draw(8, two);
        CHECK(one == two);
        const std::size_t outcomes = shape->outcomes;
        CHECK(std::set(one.begin(), one.end()).size() == outcomes);
        CHECK(*std::ranges::max_element(one) == outcomes - 1);
        work.draw(9, two);
        CHECK(one != two);
    }
    CHECK_FALSE(comparison_shape("heavy"));
}

TEST_CASE(
    "what an agent expects is what the definition says in plain loops, and no other model's") {
    namespace ai = assay::active_inference;
    const assay::matrix_caching::ComparisonWorkload work(
        *assay::matrix_caching::comparison_shape("mixed"), 4);
    const assay::matrix_caching::ComparisonWorkload other(
        *assay::matrix_caching::comparison_shape("mixed"), 5);
    ai::ExpectedFreeEnergy efe(work.model(), nullptr, {.horizon = work.depth()});
    ai::Beliefs q(work.model().state_counts);
    q.set_uniform();
    REQUIRE(efe.evaluate(q));
    for (std::size_t policy = 0; policy < efe.policies().size(); ++policy) {
        const double found = efe.values()[policy];
        CHECK(ai::plain_expected_free_energy(work.model(), efe.policies(), policy, q) ==
              doctest::Approx(found).epsilon(1e-12));
        CHECK(ai::plain_expected_free_energy(other.model(), efe.policies(), policy, q) !=
              doctest::Approx(found).epsilon(1e-6));
    }
}

} // namespace comparison_test
