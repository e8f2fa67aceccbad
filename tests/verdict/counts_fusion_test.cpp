// Every row of the table of fusion, in its words.
#include "verdict/counts_fusion.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace counts_fusion_test {

using namespace assay::verdict;

namespace {

std::string fused(Verdict verdict, double new_count, bool deterministic = true) {
    return fused_verdict(
        verdict, {.old_count = 1000, .new_count = new_count, .deterministic = deterministic});
}

} // namespace

TEST_CASE("more work and slower is confirmed by counts") {
    CHECK(fused(Verdict::slower, 1020) == "slower, confirmed by counts (+2 % instructions)");
    CHECK(fused(Verdict::slower, 1002.5) == "slower, confirmed by counts (+0.25 % instructions)");
    CHECK(fused(Verdict::slower, 2000) == "slower, confirmed by counts (+100 % instructions)");
}

TEST_CASE("more work and undecided is likely slower") {
    CHECK(fused(Verdict::undecided, 1020) == "undecided, likely slower: work +2 %");
}

TEST_CASE("equal work and slower is layout or environment") {
    CHECK(fused(Verdict::slower, 1000) == "slower, layout or environment: more pairs requested");
}

TEST_CASE("less work and slower is fewer instructions in more time") {
    CHECK(fused(Verdict::slower, 900) == "slower, fewer instructions, more time");
}

TEST_CASE("equal work changes no word of same and undecided") {
    CHECK(fused(Verdict::same, 1000) == "same");
    CHECK(fused(Verdict::undecided, 1000) == "undecided");
}

TEST_CASE("what the table does not name keeps its verdict alone") {
    for (const double count : {900.0, 1000.0, 1020.0}) {
        CHECK(fused(Verdict::faster, count) == "faster");
        CHECK(fused(Verdict::same, count) == "same");
    }
    CHECK(fused(Verdict::undecided, 900) == "undecided");
}

TEST_CASE("counts within a thousandth of each other are equal") {
    CHECK(change_of({1000, 1001, true}) == CountChange::equal);
    CHECK(change_of({1000, 999, true}) == CountChange::equal);
    CHECK(change_of({1000, 1001.1, true}) == CountChange::up);
    CHECK(change_of({1000, 998.9, true}) == CountChange::down);
    CHECK(change_of({1000, 1010, true}, 0.02) == CountChange::equal);
}

TEST_CASE("counts that cannot be trusted say nothing") {
    CHECK(fused(Verdict::slower, 1020, false) == "slower");
    CHECK(fused(Verdict::undecided, 1020, false) == "undecided");
    CHECK(change_of({0, 1000, true}) == CountChange::unknown);
    CHECK(change_of({1000, 0, true}) == CountChange::unknown);
    CHECK(change_of({1000, std::numeric_limits<double>::quiet_NaN(), true}) ==
          CountChange::unknown);
}

} // namespace counts_fusion_test
