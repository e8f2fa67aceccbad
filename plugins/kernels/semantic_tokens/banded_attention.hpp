// Attention within a band: A is the mean over heads and over four scales of
// softmax(Q K^T / sqrt(head width)) among the tokens that are at most `scale` away; e <- 0.8 e +
// 0.2 A e. Queries and keys are one product; there are no values, since A acts on e itself.
//
//   BandedAttention<double> attention(model);
//   attention.apply(rows, n, out);
//   attention.keep_weights(true); ... attention.weights(n)   // of A: n times 17, [8] the diagonal
//
// Scores are computed once, for the widest scale: the others are parts of it. O(n), never n^2. One
// thread; room is made once for the longest sequence of the model.
#pragma once

#include "semantic_tokens/token_model.hpp"

#include <span>

namespace assay::semantic_tokens {

template <class Real>
class BandedAttention {
public:
    explicit BandedAttention(const TokenModel<Real>& model); // lives as long

    // `out` may not be `rows`; n is at most the longest of the model, and not 0.
    void apply(const Real* rows, std::size_t n, Real* out) noexcept;
    // Queries and keys alone: what most of the time is spent on.
    void project(const Real* rows, std::size_t n) noexcept;

    void keep_weights(bool keep);

    [[nodiscard]] std::span<const Real> weights(std::size_t n) const noexcept {
        return {weights_.data(), n * kBandEntries};
    }

private:
    const TokenModel<Real>* model_;
    std::size_t stride_;
    VectorValues<Real> projected_, packing_, scores_, weights_;
};

extern template class BandedAttention<float>;
extern template class BandedAttention<double>;

} // namespace assay::semantic_tokens
