// The fields of the layers: what they take in from a sequence, and what they give back to it.
//
//   SemanticFields<double> fields(model);
//   fields.absorb(rows, n);          // f_l <- lambda_l f_l + (1 - lambda_l) M_l sum kappa e_t
//   fields.feed_back(rows, n);       // e_t <- 0.7 e_t + 0.3 sum_l w_l(t) M_l^T f_l
//   fields.restart();                // all 0
//
// M_l meets the sum of a sequence, once, and not every token; what goes back has a period, so that
// it is added up at most 2^layers times. One thread; `rows` are n times the width, at 64 bytes.
#pragma once

#include "semantic_tokens/token_model.hpp"

#include <span>

namespace assay::semantic_tokens {

template <class Real>
class SemanticFields {
public:
    explicit SemanticFields(const TokenModel<Real>& model); // lives as long

    void restart() noexcept;
    void absorb(const Real* rows, std::size_t n) noexcept;
    void feed_back(Real* rows, std::size_t n) noexcept;

    [[nodiscard]] std::span<const Real> field(std::size_t layer) const noexcept {
        return {fields_.data() + layer * width_, width_};
    }

    // M^T f of the layer, since absorb().
    [[nodiscard]] std::span<const Real> given_back(std::size_t layer) const noexcept {
        return {back_.data() + layer * width_, width_};
    }

private:
    const TokenModel<Real>* model_;
    std::size_t width_, layers_, period_;
    VectorValues<Real> sum_, fields_, back_;
    VectorValues<Real> weights_; // of each position within the period, 0.3 w_l(t) of all layers
    VectorValues<Real> given_;   // of each position: what is added to a token
};

extern template class SemanticFields<float>;
extern template class SemanticFields<double>;

} // namespace assay::semantic_tokens
