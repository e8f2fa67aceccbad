// What a text is answered with: the mean of its rows, behind the number of the question it asks, as
// the bytes that a store keeps.
//
//   TextAnswers answers(seed);
//   answers.learn(asked);                            // their words; before they are timed
//   const std::string bytes = answers.answer(text, question);
//   question_of(bytes)
//
// The fields begin at 0 for every text, so that its answer is a function of its words alone, and
// may be given again. One thread.
#pragma once

#include "question_stream.hpp"
#include "semantic_tokens/token_processor.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::semantic_tokens_suite {

class TextAnswers {
public:
    explicit TextAnswers(std::uint64_t seed);

    void learn(std::span<const Asked> asked);
    [[nodiscard]] std::string answer(std::string_view text, std::uint64_t question);

private:
    semantic_tokens::TokenModel<double> model_;
    semantic_tokens::TokenProcessor<double> processor_;
    std::vector<double> mean_;
};

[[nodiscard]] std::uint64_t question_of(const std::string& answer);
// Mean magnitude of the numbers of the answer.
[[nodiscard]] double magnitude_of(const std::string& answer);

} // namespace assay::semantic_tokens_suite
