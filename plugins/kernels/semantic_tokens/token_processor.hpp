// A sequence of tokens through all stages: filter, embedding, fields, feedback, attention.
//
//   TokenModel<float> model({}, seed);
//   TokenProcessor<float> processor(model);
//   const Processed done = processor.process("safe words only");     // 3 tokens
//   processor.rows()                                                 // 3 x 512
//
// The fields remember earlier sequences; restart() forgets them. Throws std::invalid_argument for a
// sequence of no token, or of more than the model's longest, and then remembers nothing of it. One
// thread for each processor, any number of them on one model; after the first sequence of a length
// nothing is allocated.
#pragma once

#include "semantic_tokens/banded_attention.hpp"
#include "semantic_tokens/semantic_fields.hpp"
#include "semantic_tokens/token_filter.hpp"
#include "semantic_tokens/token_model.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace assay::semantic_tokens {

struct Processed {
    std::size_t tokens = 0;
    std::uint64_t filtered = 0, replaced = 0;
    std::array<std::uint64_t, kTokenTypes> of_type{}; // by TokenType, filtered ones too
    double mean_score = 0;                            // after filtering
};

template <class Real>
class TokenProcessor {
public:
    explicit TokenProcessor(const TokenModel<Real>& model); // lives as long

    Processed process(std::string_view text);

    void restart() noexcept { fields_.restart(); }

    // Of the last sequence, n times the width.
    [[nodiscard]] std::span<const Real> rows() const noexcept {
        return {out_.data(), n_ * model_->shape().width};
    }

    [[nodiscard]] const FilteredText& tokens() const noexcept { return *text_; }

    [[nodiscard]] const SemanticFields<Real>& fields() const noexcept { return fields_; }

    [[nodiscard]] BandedAttention<Real>& attention() noexcept { return attention_; }

    // Queries and keys of the last sequence once more: the part that bounds the whole.
    void project_again() noexcept { attention_.project(embedded_.data(), n_); }

private:
    void embed() noexcept;

    const TokenModel<Real>* model_;
    TokenFilter filter_;
    SemanticFields<Real> fields_;
    BandedAttention<Real> attention_;
    const FilteredText* text_ = nullptr;
    std::size_t n_ = 0;
    VectorValues<Real> embedded_, out_, aside_;
};

extern template class TokenProcessor<float>;
extern template class TokenProcessor<double>;

// The words of texts, for TokenModel::make_rows(): [FILTERED] among them.
[[nodiscard]] std::vector<std::uint32_t> ids_of(std::span<const std::string> texts,
                                                std::uint32_t vocabulary);

// Throws std::invalid_argument unless n is from 1 to `longest`.
void require_length(std::size_t n, std::size_t longest);

} // namespace assay::semantic_tokens
