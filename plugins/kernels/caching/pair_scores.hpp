// How well an embedder tells questions that mean the same from others, on pairs of which it is
// known: every origin is remembered, every similar one asked.
//
//   const PairScores scores = score_pairs(pairs, embedder);
//   rates_at(scores, 0.8).hit;                 // share of pairs answered with the right origin
//   calibrated_threshold(scores);              // smallest tau with at most 1 % false hits
//
// A query is asked twice, the second time with its own origin left out: every hit of that is a
// false one. Without it tau = -1 would look perfect. Pure but for reading the steady clock.
#pragma once

#include "retrieval/embedder.hpp"
#include "retrieval/vector_index.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::caching {

struct TextPair {
    std::string origin, similar;
};

struct PairScore {
    double best = 0;       // cosine with the nearest origin
    double best_other = 0; // with the nearest that is not its own
    bool is_right = false; // the nearest is its own
};

// Below every tau: nothing was there to be near to.
inline constexpr double kNothingNear = -2;

struct PairScores {
    std::string embedder;
    std::vector<PairScore> pairs;
    std::size_t origins = 0;      // different ones; equal texts are one
    double recall_at_1 = 0;       // share of queries whose nearest is their own origin
    double index_recall_at_1 = 1; // share whose nearest the index finds as the exact scan does
    double embed_seconds = 0, search_seconds = 0; // of all queries; the search is the index's
};

// Throws std::invalid_argument where there are no pairs. `index` is the kind that is held against
// the exact scan; scores are always of the exact scan.
[[nodiscard]] PairScores score_pairs(std::span<const TextPair> pairs,
                                     const retrieval::Embedder& embedder,
                                     retrieval::IndexKind index = retrieval::IndexKind::flat);

// Shares of the pairs: hit + wrong + miss = 1.
struct HitRates {
    double tau = 0;
    double hit = 0;       // the nearest origin is near enough and the right one
    double wrong = 0;     // near enough and another
    double miss = 0;      // not near enough
    double false_hit = 0; // near enough though the own origin is not there
};

[[nodiscard]] HitRates rates_at(const PairScores& scores, double tau);

[[nodiscard]] std::vector<HitRates> rates_over(const PairScores& scores,
                                               std::span<const double> taus);

// Under the curve of hit over false_hit, as tau falls from 1 to -1: the chance that a right hit
// scores above a false one, ties by half; a pair whose nearest is wrong counts as none.
[[nodiscard]] double area_of(const PairScores& scores);

// The step of thresholds that are calibrated: finer ones would only follow the pairs.
inline constexpr double kThresholdStep = 0.0001;

// The smallest multiple of kThresholdStep with a false-hit rate of at most `false_hits`; nothing
// where not even 1 reaches that. Throws std::invalid_argument for a rate outside of 0 to 1.
[[nodiscard]] std::optional<double> calibrated_threshold(const PairScores& scores,
                                                         double false_hits = 0.01);

} // namespace assay::caching
