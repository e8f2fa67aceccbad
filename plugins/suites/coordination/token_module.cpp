#include "token_module.hpp"

#include "semantic_tokens/drawn_text.hpp"

#include <cmath>

namespace assay::coordination_suite {

namespace st = semantic_tokens;

namespace {

constexpr std::size_t kTexts = 16, kTokens = 16;
constexpr st::ModelShape kShape{
    .width = 128, .vocabulary = 4096, .layers = 6, .heads = 8, .longest = kTokens};

std::vector<std::string> drawn_texts(std::uint64_t seed) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < kTexts; ++i) {
        texts.push_back(st::drawn_text(seed * kTexts + i, kTokens));
    }
    return texts;
}

double mean_size(const st::TokenProcessor<double>& done) {
    double sum = 0;
    for (const double x : done.rows()) {
        sum += std::abs(x);
    }
    return sum / static_cast<double>(done.rows().size());
}

double mean_size(const st::NaiveProcessor<double>& done) {
    double sum = 0;
    for (const auto& row : done.rows()) {
        for (const double x : row) {
            sum += std::abs(x);
        }
    }
    return sum / static_cast<double>(done.rows().size() * kShape.width);
}

} // namespace

TokenModule::TokenModule(std::uint64_t seed, TokenWay way)
    : texts_(drawn_texts(seed))
    , model_(kShape, seed)
    , processor_(std::in_place_type<st::TokenProcessor<double>>, model_) {
    model_.make_rows(st::ids_of(texts_, kShape.vocabulary));
    if (way == TokenWay::naive) {
        processor_.emplace<st::NaiveProcessor<double>>(model_);
    }
}

double TokenModule::answer(const coordination::Question& question, std::stop_token) {
    const std::string& text = texts_[question.cycle % kTexts];
    return std::visit(
        [&text](auto& processor) {
            processor.process(text);
            return mean_size(processor);
        },
        processor_);
}

void TokenModule::restart() {
    std::visit([](auto& processor) { processor.restart(); }, processor_);
}

} // namespace assay::coordination_suite
