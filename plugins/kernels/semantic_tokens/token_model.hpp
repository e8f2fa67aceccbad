// What a model knows: embeddings, positions, matrices of the fields, queries and keys. All numbers
// come from the seed; those of float are those of double, rounded.
//
//   TokenModel<double> model({}, seed);
//   model.make_rows(ids);                        // before it is shared
//   TokenProcessor<double> one(model), other(model);
//
// A row of the vocabulary is a function of seed and number alone. Rows are made when asked for:
// the table of 50 000 is addressed as a whole, and has memory where it is used. Whoever meets a row
// that was not made, makes it aside, with the same numbers. Constant but for make_rows(); any
// thread.
#pragma once

#include "semantic_tokens/model_shape.hpp"
#include "semantic_tokens/vector_values.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace assay::semantic_tokens {

template <class Real>
class TokenModel {
public:
    // Throws std::invalid_argument where the shape makes no sense.
    TokenModel(const ModelShape& shape, std::uint64_t seed);

    void make_rows(std::span<const std::uint32_t> ids);

    [[nodiscard]] const ModelShape& shape() const noexcept { return shape_; }

    // Of the vocabulary. `aside` has room for one.
    [[nodiscard]] const Real* embedding(std::uint32_t id, Real* aside) const;

    // Sines and cosines of t / 10000^(2k/d), in turns.
    [[nodiscard]] const Real* position(std::size_t t) const noexcept {
        return positions_.data() + t * shape_.width;
    }

    // M of a layer, by rows.
    [[nodiscard]] const Real* layer(std::size_t l) const noexcept {
        return layers_.data() + l * shape_.width * shape_.width;
    }

    // Width x twice the width: columns of queries, then of keys.
    [[nodiscard]] const Real* projection() const noexcept { return projection_.data(); }

    [[nodiscard]] const Real* packed_projection() const noexcept { return packed_.data(); }

private:
    void fill_row(std::uint32_t id, Real* row) const;

    ModelShape shape_;
    std::uint64_t seed_;
    RawValues<Real> embeddings_;
    std::vector<bool> is_made_;
    VectorValues<Real> positions_, layers_, projection_, packed_;
};

extern template class TokenModel<float>;
extern template class TokenModel<double>;

} // namespace assay::semantic_tokens
