#include "history/possible_figures.hpp"

#include <doctest/doctest.h>

using namespace assay::history;

TEST_CASE("no time, size or rate lies below zero, whatever unit it is told in") {
    for (const char* unit : {"s", "ms", "MB", "GiB", "kbit", "Hz", "{token}/s", "MB/s", "1/s"}) {
        CHECK_MESSAGE(!why_impossible("anything", unit, -1e-9).empty(), unit);
        CHECK_MESSAGE(why_impossible("anything", unit, 0).empty(), unit);
    }
    for (const char* unit : {"1", "%", "Cel", "V", "furlong"}) {
        CHECK_MESSAGE(why_impossible("anything", unit, -1).empty(), unit);
    }
}

TEST_CASE("a share lies between nothing and all, and a factor has no upper end") {
    for (const char* share : {"cache_hit_rate", "avg_mrr", "avg_ndcg", "l2_hit_ratio"}) {
        CHECK_MESSAGE(why_impossible(share, "1", 1).empty(), share);
        CHECK_MESSAGE(!why_impossible(share, "1", 1.0001).empty(), share);
        CHECK_MESSAGE(!why_impossible(share, "1", -0.1).empty(), share);
        CHECK_MESSAGE(why_impossible(share, "%", 87.5).empty(), share);
        CHECK_MESSAGE(!why_impossible(share, "%", 101).empty(), share);
    }
    CHECK(why_impossible("speedup", "1", 353).empty());
}
