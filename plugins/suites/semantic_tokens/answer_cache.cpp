#include "answer_cache.hpp"

#include <utility>

namespace assay::semantic_tokens_suite {
namespace {

class SemanticAnswers final : public AnswerCache {
public:
    explicit SemanticAnswers(const CacheChoice& choice)
        : tau_(choice.tau)
        , embedder_(choice.embedder->name())
        , store_(choice.embedder, {.capacity = kCacheEntries, .index = choice.index}) {}

    [[nodiscard]] std::optional<caching::SemanticHit> find(std::span<const float> vector) override {
        return store_.find({embedder_, vector}, tau_);
    }

    void put(std::span<const float> vector, std::string answer) override {
        (void)store_.put({embedder_, vector}, std::move(answer));
    }

    [[nodiscard]] caching::SemanticCounts counts() const override { return store_.counts(); }

private:
    double tau_;
    std::string embedder_;
    caching::SemanticStore store_;
};

} // namespace

std::unique_ptr<AnswerCache> make_answer_cache(const CacheChoice& choice) {
    return std::make_unique<SemanticAnswers>(choice);
}

} // namespace assay::semantic_tokens_suite
