#include "plan/shard.hpp"
#include "plan/stable_hash.hpp"
#include "sample_suites.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace assay;
using namespace assay::plan;

namespace {

std::vector<PlannedSuite> many_cases() {
    std::vector<std::int64_t> values(50);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<std::int64_t>(i);
    }
    return {suite("a", {family("f", {axis("n", values), axis("m", {1, 2, 3, 4})})}),
            suite("b", {family("g", {axis("n", values)})}),
            suite("c", {family("h", {axis("n", values)})})};
}

std::set<std::string> shard_ids(const std::vector<PlannedSuite>& suites, Shard shard) {
    Selection selection;
    selection.shard = shard;
    const auto plan = make_plan(suites, selection);
    REQUIRE(plan.ok());
    const auto ids = ids_of(*plan);
    return {ids.begin(), ids.end()};
}

} // namespace

TEST_CASE("the stable hash is the same number everywhere") {
    // FNV-1a of "" and "a" are CBF29CE484222325 and AF63DC4C8601EC8C (RFC 9923); then mixed.
    static_assert(stable_hash("") == mix(0xCBF29CE484222325u));
    static_assert(stable_hash("a") == mix(0xAF63DC4C8601EC8Cu));
    // MurmurHash3's finaliser: published test value of fmix64(1).
    static_assert(mix(1) == 0xB456BCFC34C2CB2Cu);
    CHECK(stable_hash("a") != stable_hash("b"));
}

TEST_CASE("shards are disjoint and together the whole") {
    const auto suites = many_cases();
    const auto whole = shard_ids(suites, {1, 1});
    CHECK(whole.size() == 300);
    for (const std::uint32_t count : {2u, 3u, 7u, 64u}) {
        CAPTURE(count);
        std::set<std::string> all;
        std::size_t together = 0;
        for (std::uint32_t index = 1; index <= count; ++index) {
            const auto part = shard_ids(suites, {index, count});
            together += part.size();
            all.insert(part.begin(), part.end());
        }
        CHECK(together == whole.size());
        CHECK(all == whole);
    }
}

TEST_CASE("shards have about the same size") {
    const auto suites = many_cases();
    for (std::uint32_t index = 1; index <= 4; ++index) {
        // 75 expected, standard deviation 7.5: four of them.
        const auto size = static_cast<double>(shard_ids(suites, {index, 4}).size());
        CHECK(size >= 45);
        CHECK(size <= 105);
    }
}

TEST_CASE("a shard does not depend on the order in which plugins were found") {
    auto suites = many_cases();
    const auto before = shard_ids(suites, {2, 5});
    std::reverse(suites.begin(), suites.end());
    CHECK(shard_ids(suites, {2, 5}) == before);
    suites.push_back(suite("another", {family("x", {})}));
    auto after = shard_ids(suites, {2, 5});
    after.erase("another/x");
    CHECK(after == before);
}

TEST_CASE("an empty shard is a plan without cases") {
    Selection selection;
    selection.filters = {"a/f[n=0,m=1]"};
    std::size_t empty = 0;
    for (std::uint32_t index = 1; index <= 3; ++index) {
        selection.shard = Shard{index, 3};
        const auto plan = make_plan(many_cases(), selection);
        REQUIRE(plan.ok());
        CHECK(plan->selected == 1);
        empty += plan->cases.empty() ? 1 : 0;
    }
    CHECK(empty == 2);
}

TEST_CASE("a shard that does not exist is refused") {
    for (const Shard shard : {Shard{0, 4}, Shard{5, 4}, Shard{1, 0}, Shard{0, 0}}) {
        const auto status = check_shard(shard);
        REQUIRE_FALSE(status.ok());
        CHECK(status.error().kind == ErrorKind::usage);
    }
    Selection selection;
    selection.shard = Shard{5, 4};
    CHECK(plan_error(many_cases(), selection).message == "--shard 5/4: there is no such shard");
}
