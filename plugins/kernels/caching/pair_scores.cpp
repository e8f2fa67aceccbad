#include "pair_scores.hpp"

#include "retrieval/flat_index.hpp"
#include "similarity.hpp"
#include "threshold.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

namespace assay::caching {

namespace {

using retrieval::Embedder;
using retrieval::Embedding;
using retrieval::VectorId;
using retrieval::VectorIndex;

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Each different origin with its number.
std::unordered_map<std::string, VectorId> numbered(std::span<const TextPair> pairs) {
    std::unordered_map<std::string, VectorId> numbers;
    for (const TextPair& pair : pairs) {
        numbers.try_emplace(pair.origin, numbers.size());
    }
    return numbers;
}

// The two nearest hold the answer to both questions: without its own origin, the nearest is the
// first of them that is another.
PairScore score_of(const VectorIndex& exact, std::span<const float> query, VectorId own) {
    PairScore score{.best = kNothingNear, .best_other = kNothingNear};
    for (const retrieval::Neighbour& near : exact.search(query, 2)) {
        const auto cosine = static_cast<double>(near.score);
        if (score.best == kNothingNear) {
            score.best = cosine;
            score.is_right = near.id == own;
        }
        if (near.id != own && score.best_other == kNothingNear) {
            score.best_other = cosine;
        }
    }
    return score;
}

double share(std::size_t part, std::size_t all) {
    return static_cast<double>(part) / static_cast<double>(all);
}

} // namespace

PairScores
score_pairs(std::span<const TextPair> pairs, const Embedder& embedder, retrieval::IndexKind kind) {
    if (pairs.empty()) {
        throw std::invalid_argument("there are no pairs to score");
    }
    const auto origins = numbered(pairs);
    retrieval::FlatIndex exact(embedder.dimension());
    const auto index = make_index(kind, embedder.dimension());
    for (const TextPair& pair : pairs) {
        const VectorId id = origins.at(pair.origin);
        const Embedding origin = embedder.embed(pair.origin);
        if (!origin.notes.is_zero && exact.vector_of(id).empty()) {
            exact.add(id, origin.vector);
            index->add(id, origin.vector);
        }
    }
    PairScores scores;
    scores.embedder = embedder.name();
    scores.origins = origins.size();
    std::size_t right = 0, same = 0;
    for (const TextPair& pair : pairs) {
        const auto begin = std::chrono::steady_clock::now();
        const Embedding query = embedder.embed(pair.similar);
        scores.embed_seconds += seconds_since(begin);
        if (query.notes.is_zero) {
            scores.pairs.push_back({.best = kNothingNear, .best_other = kNothingNear});
            ++same; // neither finds anything
            continue;
        }
        scores.pairs.push_back(score_of(exact, query.vector, origins.at(pair.origin)));
        const auto searched = std::chrono::steady_clock::now();
        const auto found = index->search(query.vector, 1);
        scores.search_seconds += seconds_since(searched);
        const auto expected = exact.search(query.vector, 1);
        const bool is_same =
            found.empty() ? expected.empty()
                          : !expected.empty() && (found.front().id == expected.front().id ||
                                                  found.front().score >= expected.front().score);
        same += is_same ? 1 : 0;
        right += scores.pairs.back().is_right ? 1 : 0;
    }
    scores.recall_at_1 = share(right, pairs.size());
    scores.index_recall_at_1 = share(same, pairs.size());
    return scores;
}

HitRates rates_at(const PairScores& scores, double tau) {
    require_threshold(tau);
    std::size_t right = 0, wrong = 0, false_hits = 0;
    for (const PairScore& pair : scores.pairs) {
        if (is_hit(pair.best, tau)) {
            ++(pair.is_right ? right : wrong);
        }
        false_hits += is_hit(pair.best_other, tau) ? 1 : 0;
    }
    const std::size_t all = scores.pairs.size();
    return {.tau = tau,
            .hit = share(right, all),
            .wrong = share(wrong, all),
            .miss = share(all - right - wrong, all),
            .false_hit = share(false_hits, all)};
}

std::vector<HitRates> rates_over(const PairScores& scores, std::span<const double> taus) {
    std::vector<HitRates> curve;
    for (const double tau : taus) {
        curve.push_back(rates_at(scores, tau));
    }
    return curve;
}

double area_of(const PairScores& scores) {
    std::vector<double> others;
    for (const PairScore& pair : scores.pairs) {
        others.push_back(pair.best_other);
    }
    std::ranges::sort(others);
    double above = 0;
    for (const PairScore& pair : scores.pairs) {
        if (pair.is_right) {
            const auto [low, high] = std::ranges::equal_range(others, pair.best);
            const auto below = static_cast<double>(low - others.begin());
            above += below + 0.5 * static_cast<double>(high - low);
        }
    }
    const auto all = static_cast<double>(scores.pairs.size());
    return above / (all * all);
}

std::optional<double> calibrated_threshold(const PairScores& scores, double false_hits) {
    if (!(false_hits >= 0 && false_hits <= 1)) {
        throw std::invalid_argument("false_hits is " + std::to_string(false_hits) +
                                    ": expected a share, from 0 to 1");
    }
    // The rate falls as tau rises: halving finds the smallest step that is low enough.
    constexpr long kSteps = 10'000; // of kThresholdStep, from 0 to 1
    const auto is_low = [&](long step) {
        const double tau = static_cast<double>(step) / static_cast<double>(kSteps);
        return rates_at(scores, tau).false_hit <= false_hits;
    };
    long high = kSteps, low = -kSteps;
    if (!is_low(high)) {
        return std::nullopt;
    }
    while (low < high) {
        const long middle = low + (high - low) / 2;
        if (is_low(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return static_cast<double>(high) / static_cast<double>(kSteps);
}

} // namespace assay::caching
