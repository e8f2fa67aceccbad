#include "verdict/name_pattern.hpp"

#include <doctest/doctest.h>

#include <string>

namespace name_pattern_test {

using namespace assay::verdict;

TEST_CASE("a star is any text and a question mark one character") {
    CHECK(matches_pattern("*_latency", "query_latency"));
    CHECK(matches_pattern("*", ""));
    CHECK(matches_pattern("p9?", "p95"));
    CHECK(matches_pattern("a*b*c", "a-b-b-c"));
    CHECK(matches_pattern("time", "time"));
    CHECK_FALSE(matches_pattern("*_latency", "latency"));
    CHECK_FALSE(matches_pattern("p9?", "p9"));
    CHECK_FALSE(matches_pattern("time", "time2"));
    CHECK_FALSE(matches_pattern("a*b", "a-c"));
    CHECK_FALSE(matches_pattern("", "a"));
}

TEST_CASE("only what has a star or a question mark is a pattern") {
    CHECK(is_pattern("*_latency"));
    CHECK(is_pattern("p9?"));
    CHECK_FALSE(is_pattern("p.95[n]"));
}

TEST_CASE("a pattern of many stars does not take long to fail") {
    std::string stars;
    for (int i = 0; i < 30; ++i) {
        stars += "a*";
    }
    CHECK_FALSE(matches_pattern(stars + "b", std::string(5000, 'a')));
}

} // namespace name_pattern_test
