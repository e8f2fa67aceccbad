#include "verdict/level_onset.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace level_onset_test {

using assay::verdict::level_onset;
using assay::verdict::runs_at_level;
using Before = std::vector<assay::verdict::RunFigure>;

TEST_CASE(
    "a figure stands where it does since the first of the runs before it that are nearer to it") {
    const Before before{{"a", 10}, {"b", 10.1}, {"c", 13}, {"d", 12.8}};
    CHECK(level_onset(before, 13, 10) == "c");
    CHECK(level_onset(before, 7, 10) == "");
    CHECK(level_onset(Before{{"a", 10}, {"b", 7.1}}, 7, 10) == "b");
}

TEST_CASE("a run in between that was as before begins the level anew") {
    CHECK(level_onset(Before{{"a", 10}, {"b", 13}, {"c", 10}, {"d", 13}}, 13, 10) == "d");
}

TEST_CASE("what nobody saw elsewhere began at no known run") {
    CHECK_FALSE(level_onset(Before{{"a", 13}, {"b", 13}}, 13, 10).has_value());
    CHECK(level_onset({}, 13, 10) == "");
}

TEST_CASE("as many runs stand there as nobody interrupted") {
    CHECK(runs_at_level(Before{{"a", 13}, {"b", 10}, {"c", 13}, {"d", 12.8}}, 13, 10) == 2);
    CHECK(runs_at_level(Before{{"a", 10}}, 13, 10) == 0);
    CHECK(runs_at_level({}, 13, 10) == 0);
}

} // namespace level_onset_test
