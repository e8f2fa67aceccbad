#include "verdict/staleness.hpp"

#include <doctest/doctest.h>

namespace staleness_test {

using namespace assay::verdict;

namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000'000;
const Baseline kBaseline{.newest = 0, .compiler = "gcc 12.2.0"};

} // namespace

TEST_CASE("a baseline is stale after ninety days, not on the ninetieth") {
    CHECK(stale_reason(kBaseline, {.now = 90 * kDay}).empty());
    CHECK(stale_reason(kBaseline, {.now = 91 * kDay}).find("91 days") != std::string::npos);
}

TEST_CASE("a baseline is stale after five hundred commits") {
    CHECK(stale_reason(kBaseline, {.commits = 500}).empty());
    CHECK(stale_reason(kBaseline, {.commits = 501}).find("501 commits") != std::string::npos);
}

TEST_CASE("a baseline is stale when another major compiler built it") {
    CHECK(stale_reason(kBaseline, {.compiler = "gcc 12.3.1"}).empty());
    CHECK(stale_reason(kBaseline, {.compiler = "gcc 13.1.0"}).find("gcc 12.2.0") !=
          std::string::npos);
    CHECK_FALSE(stale_reason(kBaseline, {.compiler = "clang 12.0"}).empty());
    CHECK(major_compiler("Apple clang 15.0.0 (x)") == "Apple clang 15");
    CHECK(major_compiler("gcc") == "gcc");
}

TEST_CASE("what is not known makes nothing stale") {
    CHECK(stale_reason({}, {.now = 1000 * kDay, .compiler = "gcc 13"}).empty());
    CHECK(stale_reason(kBaseline, {}).empty());
}

} // namespace staleness_test
