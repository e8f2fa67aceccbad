#include "tracking/told_words.hpp"

#include <doctest/doctest.h>

using namespace assay::tracking;
using assay::measure::Direction;

TEST_CASE("a change is told with its scale and which way it went") {
    CHECK(change_text(0.1874, "relative", Direction::lower) == "18.7 % worse");
    CHECK(change_text(-0.05, "", Direction::higher) == "5 % better");
    CHECK(change_text(0.021, "points", Direction::higher) == "2.1 points worse");
    CHECK(change_text(0.3, "logit", Direction::lower) == "0.3 in log odds worse");
    CHECK(change_text(0.5, "relative", Direction::none) == "50 % more");
    CHECK(change_text(0, "relative", Direction::lower) == "0 %");
}

TEST_CASE("what a gate's rule held is told as its limit is") {
    CHECK(gate_figure_text(25.5, "s", "at most 20 % worse") == "25.5 % worse");
    CHECK(gate_figure_text(-3, "1", "at most 2 points worse") == "3 points better");
    CHECK(gate_figure_text(8e-6, "s", "< 0.02 ms") == "0.008 ms");
    CHECK(gate_figure_text(0.18, "1", ">= 0.2") == "0.18");
}
