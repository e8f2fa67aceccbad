// Stores that are wrong in ways that such stores are known to be, built on purpose: verification
// tells each from the sound one.
#include "cached_verification.hpp"
#include "retrieval/hashed_embedder.hpp"

#include <assay/suite.hpp>

#include <doctest/doctest.h>

#include <utility>

namespace cached_mutants_test {

using namespace assay::semantic_tokens_suite;
using assay::caching::SemanticCounts;
using assay::caching::SemanticHit;

namespace {

constexpr std::uint64_t kSeed = 5;
constexpr StreamRates kRates{.repeats = 0.4, .paraphrases = 0.3};

// What is wrong; nothing by default.
struct Fault {
    double tau_off = 0;        // compares with another threshold
    bool forgets = false;      // what is put
    bool remembers = false;    // what is looked up, though nobody put it
    bool first_answer = false; // gives the first answer to every hit
    bool last_bit = false;     // of answers is lost
    bool counts_twice = false; // each hit
};

class FaultyAnswers final : public AnswerCache {
public:
    FaultyAnswers(CacheChoice choice, const Fault& fault)
        : fault_(fault) {
        choice.tau += fault.tau_off;
        sound_ = make_answer_cache(choice);
    }

    [[nodiscard]] std::optional<SemanticHit> find(std::span<const float> vector) override {
        if (fault_.remembers && !first_.empty()) {
            sound_->put(vector, first_);
        }
        std::optional<SemanticHit> hit = sound_->find(vector);
        if (hit && fault_.first_answer) {
            hit->value = std::make_shared<const std::string>(first_);
        }
        if (hit && fault_.counts_twice) {
            (void)sound_->find(vector);
        }
        return hit;
    }

    void put(std::span<const float> vector, std::string answer) override {
        if (first_.empty()) {
            first_ = answer;
        } else if (fault_.forgets) {
            return;
        }
        if (fault_.last_bit) {
            answer.back() = static_cast<char>(answer.back() ^ 1);
        }
        sound_->put(vector, std::move(answer));
    }

    [[nodiscard]] SemanticCounts counts() const override { return sound_->counts(); }

private:
    Fault fault_;
    std::unique_ptr<AnswerCache> sound_;
    std::string first_;
};

// What verification says of it; nothing where it passes.
std::string said_of(const Fault& fault, double tau = 0.8) {
    static TextAnswers answers(kSeed);
    const CacheChoice choice{
        .tau = tau,
        .embedder = std::make_shared<const assay::retrieval::HashedEmbedder>(
            assay::retrieval::HashedOptions{}),
    };
    try {
        const CachedVerified found =
            verify_cached(kSeed, kRates, choice, answers, [&](const CacheChoice& asked) {
                return std::make_unique<FaultyAnswers>(asked, fault);
            });
        CHECK(found.lookups == 96);
        CHECK(found.answers > 20);
        return {};
    } catch (const assay::wrong_result& wrong) {
        return wrong.what();
    }
}

bool has(const std::string& text, const std::string& part) {
    CAPTURE(text);
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a store without a fault passes verification") {
    CHECK(said_of({}) == "");
    CHECK(said_of({}, 1) == "");
}

TEST_CASE("a store with a threshold that is too low is told apart") {
    CHECK(has(said_of({.tau_off = -0.1}), "is a hit where the nearest text has a cosine of 0.7"));
}

TEST_CASE("a store with a threshold that is too high is told apart") {
    CHECK(has(said_of({.tau_off = 0.1}), "is a miss where the nearest text has a cosine of 0.8"));
}

TEST_CASE("a store that forgets what is put is told apart") {
    CHECK(has(said_of({.forgets = true}), "is a miss where the nearest text has"));
}

TEST_CASE("a store that finds what nobody has put is told apart") {
    CHECK(has(said_of({.remembers = true}), "is a hit where the nearest text has"));
}

TEST_CASE("a store that gives the answer to another text is told apart") {
    CHECK(has(said_of({.first_answer = true}), "finds what is not, bit for bit"));
}

TEST_CASE("a store that changes one bit of an answer is told apart") {
    CHECK(has(said_of({.last_bit = true}), "finds what is not, bit for bit"));
}

TEST_CASE("a store that counts a hit twice is told apart") {
    CHECK(has(said_of({.counts_twice = true}), "the store counts"));
}

} // namespace cached_mutants_test
