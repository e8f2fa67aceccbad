// Questions in the order in which they are asked, with the truth about each: which question it is,
// and whether its very words were asked before.
//
//   QuestionStream stream(seed, {.repeats = 0.3, .paraphrases = 0.25}, 256);
//   stream.extend_to(1000);
//   stream.before()         // 256 questions that were asked before the stream begins
//   stream.asked()[17].question
//
// Questions and paraphrases are those of the kernel caching's made_pairs(). No two texts have the
// same words in another order: to an embedder that ignores order they would be one text. A longer
// stream begins with the shorter one. A value; pure but for its state.
#pragma once

#include "caching/made_pairs.hpp"
#include "random_source/random_source.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

namespace assay::semantic_tokens_suite {

struct StreamRates {
    double repeats = 0;     // share of texts that were asked before, word by word
    double paraphrases = 0; // share that ask an earlier question in other words
};

enum class AskedAs { fresh, repeat, paraphrase };

struct Asked {
    std::string text;
    std::uint64_t question = 0; // paraphrases have that of what they paraphrase
    AskedAs as = AskedAs::fresh;

    [[nodiscard]] std::uint64_t tokens() const noexcept; // of the text
};

class QuestionStream {
public:
    QuestionStream(std::uint64_t seed, const StreamRates& rates, std::size_t before);

    // At least so many texts behind those before.
    void extend_to(std::size_t texts);

    // Until the next extend_to().
    [[nodiscard]] std::span<const Asked> before() const noexcept {
        return std::span(all_).first(before_);
    }

    [[nodiscard]] std::span<const Asked> asked() const noexcept {
        return std::span(all_).subspan(before_);
    }

private:
    void ask_fresh();
    void ask_repeat();
    void ask_paraphrase();
    void make_pair();
    [[nodiscard]] bool is_new(const caching::TextPair& pair);

    StreamRates rates_;
    RandomSource pair_seeds_, random_;
    std::size_t before_;
    std::vector<Asked> all_;
    std::vector<caching::TextPair> questions_;  // by number
    std::vector<caching::TextPair> made_;       // not yet looked at, the next one last
    std::vector<std::uint64_t> unparaphrased_;  // questions
    std::unordered_set<std::string> word_bags_; // of all texts of questions_
};

} // namespace assay::semantic_tokens_suite
