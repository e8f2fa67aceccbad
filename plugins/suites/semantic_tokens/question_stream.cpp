#include "question_stream.hpp"

#include "retrieval/words.hpp"

#include <algorithm>
#include <utility>

namespace assay::semantic_tokens_suite {
namespace {

constexpr std::uint64_t kPairStream = 31, kOrderStream = 32;
constexpr std::size_t kPairsAtOnce = 256;

// What a text is to an embedder that ignores the order of words.
std::string word_bag(const std::string& text) {
    std::vector<std::string> words = retrieval::words_of(text).words;
    std::ranges::sort(words);
    std::string bag;
    for (const std::string& word : words) {
        bag += word + " ";
    }
    return bag;
}

std::size_t drawn_index(RandomSource& random, std::size_t count) {
    return random.below(static_cast<std::uint32_t>(count));
}

} // namespace

// Made questions have one blank between two words.
std::uint64_t Asked::tokens() const noexcept {
    return 1 + static_cast<std::uint64_t>(std::ranges::count(text, ' '));
}

QuestionStream::QuestionStream(std::uint64_t seed, const StreamRates& rates, std::size_t before)
    : rates_(rates)
    , pair_seeds_(derived_seed(seed, kPairStream))
    , random_(derived_seed(seed, kOrderStream))
    , before_(before) {
    while (all_.size() < before) {
        ask_fresh();
    }
}

// Were two texts alike in their words, a hit on one would be neither right nor wrong for the other.
bool QuestionStream::is_new(const caching::TextPair& pair) {
    const std::string origin = word_bag(pair.origin), similar = word_bag(pair.similar);
    if (origin == similar || word_bags_.contains(origin) || word_bags_.contains(similar)) {
        return false;
    }
    word_bags_.insert(origin);
    word_bags_.insert(similar);
    return true;
}

void QuestionStream::make_pair() {
    for (;;) {
        if (made_.empty()) {
            made_ = caching::made_pairs(kPairsAtOnce, pair_seeds_.next());
            std::ranges::reverse(made_);
        }
        caching::TextPair pair = std::move(made_.back());
        made_.pop_back();
        if (is_new(pair)) {
            questions_.push_back(std::move(pair));
            return;
        }
    }
}

void QuestionStream::ask_fresh() {
    make_pair();
    const std::uint64_t question = questions_.size() - 1;
    unparaphrased_.push_back(question);
    all_.push_back({questions_.back().origin, question, AskedAs::fresh});
}

void QuestionStream::ask_repeat() {
    Asked again = all_[drawn_index(random_, all_.size())];
    again.as = AskedAs::repeat;
    all_.push_back(std::move(again));
}

// Each question has one paraphrase: where all of them were asked, one is asked again.
void QuestionStream::ask_paraphrase() {
    if (unparaphrased_.empty()) {
        ask_repeat();
        return;
    }
    std::swap(unparaphrased_[drawn_index(random_, unparaphrased_.size())], unparaphrased_.back());
    const std::uint64_t question = unparaphrased_.back();
    unparaphrased_.pop_back();
    all_.push_back({questions_[question].similar, question, AskedAs::paraphrase});
}

void QuestionStream::extend_to(std::size_t texts) {
    while (all_.size() < before_ + texts) {
        const double drawn = random_.unit();
        if (all_.empty() || drawn >= rates_.repeats + rates_.paraphrases) {
            ask_fresh();
        } else if (drawn < rates_.repeats) {
            ask_repeat();
        } else {
            ask_paraphrase();
        }
    }
}

} // namespace assay::semantic_tokens_suite
