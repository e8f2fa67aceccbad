#include "transition_requests.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace transition_requests_test {

using namespace assay::matrix_caching;
using assay::active_inference::ByteCache;
using assay::active_inference::CachedTransitions;
using assay::active_inference::Eviction;

TEST_CASE("a working set takes the bytes it is named after and no more") {
    for (std::size_t depth = 1; depth <= 4; ++depth) {
        CAPTURE(depth);
        const TransitionRequests requests({8, depth, 512u << 10, 3});
        CHECK(requests.entry_bytes() <= 512u << 10);
        const std::size_t one_more = depth * CachedTransitions::entry_bytes(8, depth);
        CHECK(requests.entry_bytes() + one_more > 512u << 10);
    }
}

TEST_CASE("a cache that saw every request holds exactly the planned entries") {
    for (std::size_t depth = 1; depth <= 4; ++depth) {
        CAPTURE(depth);
        const TransitionRequests requests({6, depth, 65536, 3});
        CachedTransitions cached(requests.matrices(), {});
        for (std::uint32_t key = 0; key < requests.count(); ++key) {
            (void)cached.fetch(requests.factor(key), requests.actions(key));
        }
        const std::size_t table =
            ByteCache::table_bytes(Eviction::lru, cached.cache().entry_count());
        CHECK(cached.cache().bytes() - table == requests.entry_bytes());
    }
}

TEST_CASE("a working set of less than one entry is one request") {
    CHECK(requests_in(1, 20, 4) == 1);
    CHECK(requests_in(0, 20, 1) == 1);
}

TEST_CASE("requests number the sequences of all factors in tree order") {
    const TransitionRequests requests({4, 2, 65536, 3});
    REQUIRE(requests.count() > 16);
    CHECK(requests.matrices().factor_count() == (requests.count() + 15) / 16);
    std::set<std::pair<std::size_t, int>> seen;
    for (std::uint32_t key = 0; key < requests.count(); ++key) {
        const auto actions = requests.actions(key);
        REQUIRE(actions.size() == 2);
        CHECK(requests.factor(key) == key / 16);
        CHECK(actions[0] * 4 + actions[1] == static_cast<int>(key % 16)); // first step slowest
        seen.emplace(requests.factor(key), actions[0] * 4 + actions[1]);
    }
    CHECK(seen.size() == requests.count());
}

TEST_CASE("equal axes and seeds make equal models and other seeds others") {
    const TransitionRequests a({5, 3, 65536, 3}), b({5, 3, 65536, 3}), c({5, 3, 65536, 4});
    CHECK(std::ranges::equal(a.matrices().matrix(0, 3), b.matrices().matrix(0, 3)));
    CHECK_FALSE(std::ranges::equal(a.matrices().matrix(0, 3), c.matrices().matrix(0, 3)));
}

} // namespace transition_requests_test
