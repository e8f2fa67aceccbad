#include "caching/made_pairs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace made_pairs_test {

using namespace assay::caching;

TEST_CASE("made pairs are of their seed alone, and paraphrase rather than repeat") {
    const auto pairs = made_pairs(400, 3), again = made_pairs(400, 3), other = made_pairs(400, 4);
    const auto is_same = [](const TextPair& one, const TextPair& two) {
        return one.origin == two.origin && one.similar == two.similar;
    };
    REQUIRE(pairs.size() == 400);
    CHECK(std::ranges::equal(pairs, again, is_same));
    CHECK_FALSE(std::ranges::equal(pairs, other, is_same));
    std::set<std::string> origins;
    std::size_t repeated = 0;
    for (const TextPair& pair : pairs) {
        origins.insert(pair.origin);
        repeated += pair.origin == pair.similar ? 1 : 0;
    }
    CHECK(origins.size() > 390);
    CHECK(repeated < 40);
    CHECK(made_pairs(0, 1).empty());
}

} // namespace made_pairs_test
