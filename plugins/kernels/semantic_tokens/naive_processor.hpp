// The same as TokenProcessor, as one writes the formulas down first: every token meets every matrix
// of the fields, in both directions, and every other token, at each scale anew. What the other is
// held to, and what its speed is held against.
//
//   NaiveProcessor<double> naive(model);
//   naive.process(text); naive.rows();
//   naive.row_of(text, 1000)       // one row of a long sequence, without the others
//
// Values of attention, which the replaced system computes and never uses, are not computed here
// either. Throws as TokenProcessor does. One thread.
#pragma once

#include "semantic_tokens/naive_filter.hpp"
#include "semantic_tokens/token_processor.hpp"

#include <string_view>
#include <vector>

namespace assay::semantic_tokens {

template <class Real>
class NaiveProcessor {
public:
    using Row = std::vector<Real>;
    using Rows = std::vector<Row>;

    explicit NaiveProcessor(const TokenModel<Real>& model); // lives as long

    Processed process(std::string_view text);
    void restart();

    [[nodiscard]] const Rows& rows() const noexcept { return out_; }

    [[nodiscard]] const Rows& fields() const noexcept { return fields_; }

    // The stages.
    void absorb(const Rows& rows);
    // The first row stands at this position of the sequence.
    void feed_back(Rows& rows, std::size_t first = 0) const;
    [[nodiscard]] Rows attend(const Rows& rows) const;
    // A of attend(), n x n.
    [[nodiscard]] Rows attention_weights(const Rows& rows) const;

    // Row t of the sequence after restart(), from its neighbours and the sum of all.
    [[nodiscard]] Row row_of(std::string_view text, std::size_t t);

private:
    [[nodiscard]] Row embedded(std::uint32_t id, std::size_t t) const;

    const TokenModel<Real>* model_;
    Rows fields_, out_;
};

extern template class NaiveProcessor<float>;
extern template class NaiveProcessor<double>;

} // namespace assay::semantic_tokens
