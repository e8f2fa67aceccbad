#include "semantic_tokens/semantic_fields.hpp"

#include "semantic_tokens/token_loops.hpp"

#include <algorithm>

namespace assay::semantic_tokens {

template <class Real>
SemanticFields<Real>::SemanticFields(const TokenModel<Real>& model)
    : model_(&model)
    , width_(model.shape().width)
    , layers_(model.shape().layers)
    , period_(std::min(feedback_period(model.shape()), model.shape().longest))
    , sum_(width_)
    , fields_(layers_ * width_)
    , back_(layers_ * width_)
    , weights_(period_ * layers_)
    , given_(period_ * width_) {
    for (std::size_t t = 0; t < period_; ++t) {
        for (std::size_t l = 0; l < layers_; ++l) {
            weights_[t * layers_ + l] = static_cast<Real>(kFeedbackShare * feedback_weight(l, t));
        }
    }
}

template <class Real>
void SemanticFields<Real>::restart() noexcept {
    std::ranges::fill(fields_, Real{0});
    std::ranges::fill(back_, Real{0});
}

template <class Real>
void SemanticFields<Real>::absorb(const Real* rows, std::size_t n) noexcept {
    const auto& loops = token_loops<Real>();
    loops.add_rows(rows, n, width_, sum_.data());
    for (Real& value : sum_) {
        value *= static_cast<Real>(kFieldGain);
    }
    for (std::size_t l = 0; l < layers_; ++l) {
        loops.field_layer({.matrix = model_->layer(l),
                           .sum = sum_.data(),
                           .field = fields_.data() + l * width_,
                           .back = back_.data() + l * width_,
                           .width = width_,
                           .keep = static_cast<Real>(memory_of_layer(model_->shape(), l)),
                           .limit = static_cast<Real>(kFieldLimit)});
    }
}

template <class Real>
void SemanticFields<Real>::feed_back(Real* rows, std::size_t n) noexcept {
    const auto& loops = token_loops<Real>();
    const std::size_t positions = std::min(n, period_);
    std::fill_n(given_.begin(), positions * width_, Real{0});
    for (std::size_t t = 0; t < positions; ++t) {
        for (std::size_t l = 0; l < layers_; ++l) {
            loops.add_scaled(back_.data() + l * width_,
                             weights_[t * layers_ + l],
                             width_,
                             given_.data() + t * width_);
        }
    }
    loops.feed_back(rows, given_.data(), n, width_, period_);
}

template class SemanticFields<float>;
template class SemanticFields<double>;

} // namespace assay::semantic_tokens
