#include "text_answers.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace assay::semantic_tokens_suite {

TextAnswers::TextAnswers(std::uint64_t seed)
    : model_({}, seed)
    , processor_(model_)
    , mean_(model_.shape().width) {}

void TextAnswers::learn(std::span<const Asked> asked) {
    std::vector<std::string> texts;
    for (const Asked& one : asked) {
        texts.push_back(one.text);
    }
    model_.make_rows(semantic_tokens::ids_of(texts, model_.shape().vocabulary));
}

std::string TextAnswers::answer(std::string_view text, std::uint64_t question) {
    processor_.restart();
    const std::size_t n = processor_.process(text).tokens;
    const std::span<const double> rows = processor_.rows();
    std::ranges::fill(mean_, 0.0);
    for (std::size_t t = 0; t < n; ++t) {
        for (std::size_t k = 0; k < mean_.size(); ++k) {
            mean_[k] += rows[t * mean_.size() + k] / static_cast<double>(n);
        }
    }
    std::string bytes(sizeof question + mean_.size() * sizeof(double), '\0');
    std::memcpy(bytes.data(), &question, sizeof question);
    std::memcpy(bytes.data() + sizeof question, mean_.data(), mean_.size() * sizeof(double));
    return bytes;
}

std::uint64_t question_of(const std::string& answer) {
    std::uint64_t question = 0;
    std::memcpy(&question, answer.data(), std::min(answer.size(), sizeof question));
    return question;
}

double magnitude_of(const std::string& answer) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t at = sizeof(std::uint64_t); at + sizeof(double) <= answer.size();
         at += sizeof(double)) {
        double value = 0;
        std::memcpy(&value, answer.data() + at, sizeof value);
        sum += std::abs(value);
        ++count;
    }
    return count == 0 ? 0 : sum / static_cast<double>(count);
}

} // namespace assay::semantic_tokens_suite
