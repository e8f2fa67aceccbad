#include "caching/made_pairs.hpp"
#include "caching/pair_scores.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "told_embedder.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace pair_scores_test {

using namespace assay;
using namespace assay::caching;

// Scores without texts: best, best of others, whether right.
PairScores told_scores(const std::vector<PairScore>& pairs) {
    PairScores scores;
    scores.pairs = pairs;
    return scores;
}

TEST_CASE("hit, wrong, miss and false hit are told apart as the threshold falls") {
    const PairScores scores = told_scores({{.best = 0.9, .best_other = 0.5, .is_right = true},
                                           {.best = 0.8, .best_other = 0.8, .is_right = false},
                                           {.best = 0.7, .best_other = 0.2, .is_right = true},
                                           {.best = 0.3, .best_other = 0.1, .is_right = true}});
    const HitRates high = rates_at(scores, 0.85), middle = rates_at(scores, 0.6);
    CHECK(high.hit == 0.25);
    CHECK(high.wrong == 0);
    CHECK(high.miss == 0.75);
    CHECK(high.false_hit == 0);
    CHECK(middle.hit == 0.5);
    CHECK(middle.wrong == 0.25);
    CHECK(middle.miss == 0.25);
    CHECK(middle.false_hit == 0.25);
    CHECK(rates_at(scores, -1).false_hit == 1); // what only the left-out origin shows
    CHECK(rates_at(scores, -1).hit == 0.75);
    CHECK(rates_at(scores, 0.9).hit == 0.25); // at tau is a hit
}

TEST_CASE("the own origin is left out for false hits, and equal origins are one") {
    const auto embedder = caching_test::told_embedder(
        {{"a", {1, 0}}, {"like a", {0.8f, 0.6f}}, {"also like a", {0.6f, 0.8f}}, {"b", {0, 1}}});
    const std::vector<TextPair> pairs{{"a", "like a"}, {"a", "also like a"}, {"b", "nothing"}};
    const PairScores scores = score_pairs(pairs, *embedder);
    CHECK(scores.embedder == "told");
    CHECK(scores.origins == 2);
    CHECK(scores.recall_at_1 == doctest::Approx(1.0 / 3));
    CHECK(scores.pairs[0].is_right);
    CHECK(scores.pairs[0].best == doctest::Approx(0.8));
    CHECK(scores.pairs[0].best_other == doctest::Approx(0.6));
    CHECK_FALSE(scores.pairs[1].is_right); // nearer to b
    CHECK(scores.pairs[1].best == doctest::Approx(0.8));
    CHECK(scores.pairs[1].best_other == doctest::Approx(0.8));
    CHECK(scores.pairs[2].best == kNothingNear); // a vector of zeros
    CHECK(rates_at(scores, -1).miss == doctest::Approx(1.0 / 3));
}

TEST_CASE("a lone origin has nothing to be falsely hit") {
    const auto embedder = caching_test::told_embedder({{"a", {1, 0}}});
    const PairScores scores = score_pairs(std::vector<TextPair>{{"a", "a"}}, *embedder);
    CHECK(scores.pairs.front().best_other == kNothingNear);
    CHECK(rates_at(scores, -1).false_hit == 0);
    CHECK(area_of(scores) == 1);
    CHECK(calibrated_threshold(scores) == -1.0);
}

TEST_CASE("the area is that under hit over false hit") {
    CHECK(area_of(told_scores({{0.9, 0.1, true}, {0.8, 0.2, true}})) == 1);
    CHECK(area_of(told_scores({{0.5, 0.5, true}, {0.5, 0.5, true}})) == 0.5);
    CHECK(area_of(told_scores({{0.9, 0.9, false}, {0.9, 0.9, false}})) == 0);
    CHECK(area_of(told_scores({{0.6, 0.1, true}, {0.3, 0.4, true}})) == 0.75);
}

TEST_CASE("rates over tau are monotone and sum to one") {
    const retrieval::HashedEmbedder embedder({});
    const PairScores scores = score_pairs(made_pairs(200, 9), embedder);
    std::vector<double> taus;
    for (int step = 100; step >= -100; --step) {
        taus.push_back(step / 100.0);
    }
    HitRates before;
    for (const HitRates& rates : rates_over(scores, taus)) {
        CHECK(rates.hit + rates.wrong + rates.miss == doctest::Approx(1));
        CHECK(rates.hit >= before.hit);
        CHECK(rates.wrong >= before.wrong);
        CHECK(rates.false_hit >= before.false_hit);
        before = rates;
    }
    CHECK(before.hit == doctest::Approx(scores.recall_at_1));
    CHECK(before.false_hit == 1);
}

TEST_CASE("the calibrated threshold is the smallest with few enough false hits") {
    const retrieval::HashedEmbedder embedder({});
    const PairScores scores = score_pairs(made_pairs(300, 10), embedder);
    for (const double limit : {0.0, 0.01, 0.1, 0.5}) {
        const auto tau = calibrated_threshold(scores, limit);
        REQUIRE(tau);
        CHECK(rates_at(scores, *tau).false_hit <= limit);
        CHECK(rates_at(scores, *tau - kThresholdStep).false_hit > limit);
    }
    CHECK(calibrated_threshold(scores, 1.0) == -1.0);
    CHECK_FALSE(calibrated_threshold(told_scores({{1, 1, true}, {1, 1, false}}), 0.01));
}

TEST_CASE("a graph finds the same nearest origins as the exact scan, nearly always") {
    if (!retrieval::hnsw_is_available()) {
        MESSAGE("SKIPPED: built without hnswlib (install libhnswlib-dev)");
        return;
    }
    const retrieval::HashedEmbedder embedder({});
    const auto pairs = made_pairs(300, 11);
    const PairScores exact = score_pairs(pairs, embedder);
    const PairScores graph = score_pairs(pairs, embedder, retrieval::IndexKind::hnsw);
    CHECK(exact.index_recall_at_1 == 1);
    CHECK(graph.index_recall_at_1 >= 0.99);
    CHECK(graph.recall_at_1 == exact.recall_at_1); // told of the exact scan
}

TEST_CASE("no pairs, a rate that is no share and a tau that is no cosine are refused") {
    const retrieval::HashedEmbedder embedder({});
    CHECK_THROWS_AS((void)score_pairs({}, embedder), std::invalid_argument);
    const PairScores scores = told_scores({{0.5, 0.1, true}});
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)calibrated_threshold(scores, -0.1), std::invalid_argument);
    CHECK_THROWS_AS((void)calibrated_threshold(scores, nan), std::invalid_argument);
    CHECK_THROWS_AS((void)rates_at(scores, 1.1), std::invalid_argument);
    CHECK_THROWS_AS((void)rates_at(scores, nan), std::invalid_argument);
}

} // namespace pair_scores_test
