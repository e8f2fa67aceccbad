#include "cache_module.hpp"

#include "random_source/random_source.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "semantic_tokens/drawn_text.hpp"

#include <chrono>

namespace assay::coordination_suite {
namespace {

constexpr std::size_t kStored = 256, kAsked = 64, kWords = 12, kDimension = 128;
constexpr double kTau = 0.95;
constexpr auto kForever = std::chrono::hours(24 * 365); // no loop is that long

std::string with_last_word_first(const std::string& text) {
    const std::size_t last = text.rfind(' ');
    return last == std::string::npos ? text : text.substr(last + 1) + " " + text.substr(0, last);
}

std::vector<std::string> drawn_texts(std::uint64_t seed) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < kStored; ++i) {
        texts.push_back(semantic_tokens::drawn_text(seed * kStored + i, kWords));
    }
    return texts;
}

// Every other one is like a stored text; the others are of words that no drawn text has.
std::vector<std::string> drawn_questions(const std::vector<std::string>& stored,
                                         std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<std::string> questions;
    for (std::size_t i = 0; i < kAsked; ++i) {
        const std::size_t like = random.below(static_cast<std::uint32_t>(stored.size()));
        questions.push_back(i % 2 == 0 ? with_last_word_first(stored[like])
                                       : "9" + std::to_string(random.next()) + " 8" +
                                             std::to_string(like));
    }
    return questions;
}

caching::SemanticStore::EmbedderPointer embedder_here() {
    return std::make_shared<retrieval::HashedEmbedder>(
        retrieval::HashedOptions{.dimension = kDimension});
}

double cosine(std::span<const float> one, std::span<const float> other) {
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        sum += static_cast<double>(one[i]) * static_cast<double>(other[i]);
    }
    return sum;
}

} // namespace

CacheModule::CacheModule(std::uint64_t seed, LookupWay way)
    : way_(way)
    , stored_(drawn_texts(seed))
    , asked_(drawn_questions(stored_, seed))
    , store_(embedder_here(), {.capacity = kStored, .lifetime = kForever}) {
    for (std::size_t i = 0; i < stored_.size(); ++i) {
        store_.put(stored_[i], std::to_string(i));
    }
}

double CacheModule::answer(const coordination::Question& question, std::stop_token) {
    const std::string& text = asked_[question.cycle % kAsked];
    return way_ == LookupWay::store ? looked_up(text) : compared_with_all(text);
}

double CacheModule::looked_up(const std::string& text) {
    const auto hit = store_.find(text, kTau);
    return hit ? 1 + std::stod(*hit->value) : 0;
}

double CacheModule::compared_with_all(const std::string& text) const {
    const auto embedder = store_.embedder();
    const std::vector<float> wanted = embedder->embed(text).vector;
    double best = kTau, found = 0;
    for (std::size_t i = 0; i < stored_.size(); ++i) {
        const double near = cosine(wanted, embedder->embed(stored_[i]).vector);
        if (near >= best) {
            best = near;
            found = 1 + static_cast<double>(i);
        }
    }
    return found;
}

} // namespace assay::coordination_suite
