#include "semantic_tokens/token_processor.hpp"

#include "semantic_tokens/token_loops.hpp"

#include <stdexcept>
#include <string>

namespace assay::semantic_tokens {
namespace {

Processed counts_of(const FilteredText& text) {
    Processed counts{
        .tokens = text.tokens.size(), .filtered = text.filtered, .replaced = text.replaced};
    double scores = 0;
    for (const ScannedToken& token : text.tokens) {
        ++counts.of_type[static_cast<std::size_t>(token.type)];
        scores += token.score();
    }
    counts.mean_score = scores / static_cast<double>(text.tokens.size());
    return counts;
}

} // namespace

void require_length(std::size_t n, std::size_t longest) {
    if (n == 0 || n > longest) {
        throw std::invalid_argument("the sequence has " + std::to_string(n) +
                                    " tokens: expected 1 to " + std::to_string(longest));
    }
}

std::vector<std::uint32_t> ids_of(std::span<const std::string> texts, std::uint32_t vocabulary) {
    TokenFilter filter(vocabulary);
    std::vector<std::uint32_t> ids{filter.filtered_id()};
    for (const std::string& text : texts) {
        for (const ScannedToken& token : filter.scan(text).tokens) {
            ids.push_back(token.id);
        }
    }
    return ids;
}

template <class Real>
TokenProcessor<Real>::TokenProcessor(const TokenModel<Real>& model)
    : model_(&model)
    , filter_(model.shape().vocabulary)
    , fields_(model)
    , attention_(model)
    , embedded_(model.shape().longest * model.shape().width)
    , out_(embedded_.size())
    , aside_(model.shape().width) {}

template <class Real>
void TokenProcessor<Real>::embed() noexcept {
    const auto& loops = token_loops<Real>();
    const std::size_t width = model_->shape().width;
    for (std::size_t t = 0; t < n_; ++t) {
        loops.embed(model_->embedding(text_->tokens[t].id, aside_.data()),
                    model_->position(t),
                    width,
                    embedded_.data() + t * width);
    }
}

template <class Real>
Processed TokenProcessor<Real>::process(std::string_view text) {
    const FilteredText& found = filter_.scan(text);
    n_ = 0;
    require_length(found.tokens.size(), model_->shape().longest);
    text_ = &found;
    n_ = found.tokens.size();
    embed();
    fields_.absorb(embedded_.data(), n_);
    fields_.feed_back(embedded_.data(), n_);
    attention_.apply(embedded_.data(), n_, out_.data());
    return counts_of(found);
}

template class TokenProcessor<float>;
template class TokenProcessor<double>;

} // namespace assay::semantic_tokens
