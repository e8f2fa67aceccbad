#include "semantic_tokens/banded_attention.hpp"

#include "semantic_tokens/token_loops.hpp"

namespace assay::semantic_tokens {

template <class Real>
BandedAttention<Real>::BandedAttention(const TokenModel<Real>& model)
    : model_(&model)
    , stride_(projection_loops<Real>().stride(2 * model.shape().width))
    , projected_(padded_rows(model.shape().longest) * stride_)
    , packing_(kProjectionRoom)
    , scores_(2 * model.shape().heads * kBandEntries) {}

template <class Real>
void BandedAttention<Real>::keep_weights(bool keep) {
    weights_.assign(keep ? model_->shape().longest * kBandEntries : 0, Real{0});
}

template <class Real>
void BandedAttention<Real>::project(const Real* rows, std::size_t n) noexcept {
    const std::size_t width = model_->shape().width;
    projection_loops<Real>().project({.rows = rows,
                                      .packed = model_->packed_projection(),
                                      .out = projected_.data(),
                                      .room = packing_.data(),
                                      .n = n,
                                      .depth = width,
                                      .columns = 2 * width,
                                      .stride = stride_});
}

template <class Real>
void BandedAttention<Real>::apply(const Real* rows, std::size_t n, Real* out) noexcept {
    project(rows, n);
    token_loops<Real>().attend({.rows = rows,
                                .projected = projected_.data(),
                                .out = out,
                                .weights = weights_.empty() ? nullptr : weights_.data(),
                                .room = scores_.data(),
                                .n = n,
                                .width = model_->shape().width,
                                .heads = model_->shape().heads,
                                .stride = stride_,
                                .share = static_cast<Real>(kAttentionShare)});
}

template class BandedAttention<float>;
template class BandedAttention<double>;

} // namespace assay::semantic_tokens
