#include "cached_verification.hpp"

#include "caching/similarity.hpp"

#include <assay/suite.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace assay::semantic_tokens_suite {
namespace {

constexpr std::size_t kVerifiedBefore = 48, kVerifiedTexts = 96;
constexpr StreamRates kRatesAtOne{.repeats = 0.3, .paraphrases = 0.3};
// Single precision is this far from the scan in double.
constexpr double kScanRounding = 5e-7;
// hnsw finds nearly always what a scan does: this share may differ, of flat none.
constexpr double kGraphFaults = 0.01;

struct PutText {
    Asked asked;
    std::vector<float> vector;
    double cosine = 0; // with what is looked up
};

struct Lookup {
    Asked asked;
    std::vector<float> vector;
    std::optional<caching::SemanticHit> hit;
};

std::string named(const Lookup& lookup) {
    return "the lookup of '" + lookup.asked.text + "'";
}

double cosine_of(const std::vector<float>& one, const std::vector<float>& other) {
    double sum = 0;
    for (std::size_t k = 0; k < one.size(); ++k) {
        sum += static_cast<double>(one[k]) * static_cast<double>(other[k]);
    }
    return sum;
}

// A stream through a cache, as the case does it, with a list of all that was put.
class CacheWalk {
public:
    CacheWalk(std::uint64_t seed,
              const StreamRates& rates,
              const CacheChoice& choice,
              TextAnswers& answers,
              const CacheMaker& make)
        : choice_(choice)
        , stream_(seed, rates, kVerifiedBefore)
        , answers_(&answers)
        , cache_(make(choice)) {
        stream_.extend_to(kVerifiedTexts);
        answers.learn(stream_.before());
        answers.learn(stream_.asked());
        for (const Asked& asked : stream_.before()) {
            put(asked, choice.embedder->embed(asked.text).vector);
        }
    }

    // check(lookup) for each text, before what was missed is put.
    template <class Check>
    void each(const Check& check) {
        for (const Asked& asked : stream_.asked()) {
            Lookup lookup{asked, choice_.embedder->embed(asked.text).vector, std::nullopt};
            lookup.hit = cache_->find(lookup.vector);
            (lookup.hit ? hits_ : misses_) += 1;
            check(lookup);
            if (!lookup.hit) {
                put(asked, lookup.vector);
            }
        }
        hold_counts();
    }

    [[nodiscard]] std::vector<PutText>& texts() noexcept { return texts_; }

private:
    void put(const Asked& asked, std::vector<float> vector) {
        cache_->put(vector, answers_->answer(asked.text, asked.question));
        texts_.push_back({asked, std::move(vector)});
    }

    void hold_counts() const {
        const caching::SemanticCounts counts = cache_->counts();
        if (counts.lookups != hits_ + misses_ || counts.hits != hits_ || counts.evicted != 0 ||
            counts.expired != 0) {
            throw assay::wrong_result("the store counts " + std::to_string(counts.lookups) +
                                      " lookups, " + std::to_string(counts.hits) + " hits and " +
                                      std::to_string(counts.evicted + counts.expired) +
                                      " entries gone, expected " + std::to_string(hits_ + misses_) +
                                      ", " + std::to_string(hits_) + " and none");
        }
    }

    CacheChoice choice_;
    QuestionStream stream_;
    TextAnswers* answers_;
    std::unique_ptr<AnswerCache> cache_;
    std::vector<PutText> texts_;
    std::uint64_t hits_ = 0, misses_ = 0;
};

// Lookups that are not as expected, of which an index that is nearly exact may have a few.
class Faults {
public:
    explicit Faults(const CacheChoice& choice)
        : allowed_(choice.index == retrieval::IndexKind::flat
                       ? 0
                       : std::ceil(kGraphFaults * static_cast<double>(kVerifiedTexts))) {}

    void note(const std::string& what) {
        if (++found_ > allowed_) {
            throw assay::wrong_result(what);
        }
    }

private:
    double allowed_, found_ = 0;
};

// Whether `hit` has the answer, processed again, of one of the texts that are nearest.
bool is_answer_of_nearest(const Lookup& lookup, std::vector<PutText>& texts, TextAnswers& answers) {
    const double best = std::ranges::max(texts, {}, &PutText::cosine).cosine;
    return std::ranges::any_of(texts, [&](const PutText& text) {
        return text.cosine >= best - kScanRounding &&
               *lookup.hit->value == answers.answer(text.asked.text, text.asked.question);
    });
}

void hold_to_scan(CacheWalk& walk,
                  const CacheChoice& choice,
                  TextAnswers& answers,
                  CachedVerified& found) {
    Faults faults(choice);
    walk.each([&](const Lookup& lookup) {
        double best = -1;
        for (PutText& text : walk.texts()) {
            text.cosine = cosine_of(text.vector, lookup.vector);
            best = std::max(best, text.cosine);
        }
        ++found.lookups;
        const double above = best - (choice.tau - caching::kSimilarityRounding);
        if (std::abs(above) > kScanRounding && lookup.hit.has_value() != (above > 0)) {
            faults.note(named(lookup) + (lookup.hit ? " is a hit" : " is a miss") +
                        " where the nearest text has a cosine of " + std::to_string(best) +
                        " and tau is " + std::to_string(choice.tau));
        } else if (lookup.hit) {
            if (!is_answer_of_nearest(lookup, walk.texts(), answers)) {
                faults.note(named(lookup) +
                            " finds what is not, bit for bit, the answer to the nearest text");
            }
            ++found.answers;
        }
    });
}

void hold_fresh(CacheWalk& walk) {
    walk.each([](const Lookup& lookup) {
        if (lookup.hit && question_of(*lookup.hit->value) == lookup.asked.question) {
            throw assay::wrong_result(named(lookup) +
                                      " is a true hit, though nobody asked that before");
        }
    });
}

void hold_exact(CacheWalk& walk, const CacheChoice& choice) {
    Faults faults(choice);
    walk.each([&](const Lookup& lookup) {
        const bool is_repeat = lookup.asked.as == AskedAs::repeat;
        if (lookup.hit && !is_repeat) {
            throw assay::wrong_result(named(lookup) +
                                      " is a hit at tau 1, though it has other words");
        }
        if (!lookup.hit && is_repeat) {
            faults.note(named(lookup) + " is a miss at tau 1, though its words were put");
        }
    });
}

} // namespace

CachedVerified verify_cached(std::uint64_t seed,
                             const StreamRates& rates,
                             const CacheChoice& choice,
                             TextAnswers& answers,
                             const CacheMaker& make) {
    CachedVerified found;
    CacheWalk as_asked(seed, rates, choice, answers, make);
    hold_to_scan(as_asked, choice, answers, found);
    CacheWalk fresh(seed, {}, choice, answers, make);
    hold_fresh(fresh);
    CacheChoice at_one = choice;
    at_one.tau = 1;
    CacheWalk exact(seed, kRatesAtOne, at_one, answers, make);
    hold_exact(exact, at_one);
    return found;
}

} // namespace assay::semantic_tokens_suite
