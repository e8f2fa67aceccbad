#include "semantic_tokens/naive_processor.hpp"

#include <algorithm>
#include <cmath>

namespace assay::semantic_tokens {
namespace {

std::size_t apart(std::size_t i, std::size_t j) {
    return i < j ? j - i : i - j;
}

// Row times a matrix with so many columns, of which those from `first` on are taken.
template <class Real>
std::vector<Real> product(const std::vector<Real>& row,
                          const Real* matrix,
                          std::size_t columns,
                          std::size_t first,
                          std::size_t taken) {
    std::vector<Real> result(taken, Real{0});
    for (std::size_t k = 0; k < row.size(); ++k) {
        for (std::size_t c = 0; c < taken; ++c) {
            result[c] += row[k] * matrix[k * columns + first + c];
        }
    }
    return result;
}

// softmax(scores) among those at most `scale` away from i, times `by`, added to `weights`.
template <class Real>
void add_softmax(const std::vector<Real>& scores,
                 std::size_t i,
                 std::size_t scale,
                 Real by,
                 std::vector<Real>& weights) {
    Real largest = scores[i];
    for (std::size_t j = 0; j < scores.size(); ++j) {
        largest = apart(i, j) <= scale ? std::max(largest, scores[j]) : largest;
    }
    std::vector<Real> each(scores.size(), Real{0});
    Real sum = 0;
    for (std::size_t j = 0; j < scores.size(); ++j) {
        each[j] = apart(i, j) <= scale ? std::exp(scores[j] - largest) : Real{0};
        sum += each[j];
    }
    for (std::size_t j = 0; j < scores.size(); ++j) {
        weights[j] += by * each[j] / sum;
    }
}

} // namespace

template <class Real>
NaiveProcessor<Real>::NaiveProcessor(const TokenModel<Real>& model)
    : model_(&model) {
    restart();
}

template <class Real>
void NaiveProcessor<Real>::restart() {
    fields_.assign(model_->shape().layers, Row(model_->shape().width, Real{0}));
}

template <class Real>
auto NaiveProcessor<Real>::embedded(std::uint32_t id, std::size_t t) const -> Row {
    const std::size_t width = model_->shape().width;
    Row aside(width), row(width);
    const Real* const of_word = model_->embedding(id, aside.data());
    for (std::size_t k = 0; k < width; ++k) {
        row[k] = of_word[k] + model_->position(t)[k];
    }
    return row;
}

template <class Real>
void NaiveProcessor<Real>::absorb(const Rows& rows) {
    const std::size_t width = model_->shape().width;
    for (std::size_t l = 0; l < fields_.size(); ++l) {
        const Real* const matrix = model_->layer(l);
        Row taken(width, Real{0});
        for (const Row& row : rows) {
            for (std::size_t i = 0; i < width; ++i) {
                Real sum = 0;
                for (std::size_t k = 0; k < width; ++k) {
                    sum += matrix[i * width + k] * (static_cast<Real>(kFieldGain) * row[k]);
                }
                taken[i] += sum;
            }
        }
        const auto keep = static_cast<Real>(memory_of_layer(model_->shape(), l));
        Real squares = 0;
        for (std::size_t i = 0; i < width; ++i) {
            fields_[l][i] = keep * fields_[l][i] + (1 - keep) * taken[i];
            squares += fields_[l][i] * fields_[l][i];
        }
        const Real norm = std::sqrt(squares);
        if (norm > static_cast<Real>(kFieldLimit)) {
            for (Real& value : fields_[l]) {
                value *= static_cast<Real>(kFieldLimit) / norm;
            }
        }
    }
}

template <class Real>
void NaiveProcessor<Real>::feed_back(Rows& rows, std::size_t first) const {
    const std::size_t width = model_->shape().width;
    for (std::size_t t = 0; t < rows.size(); ++t) {
        Row given(width, Real{0});
        for (std::size_t l = 0; l < fields_.size(); ++l) {
            const Real* const matrix = model_->layer(l);
            const auto weight = static_cast<Real>(feedback_weight(l, first + t));
            for (std::size_t i = 0; i < width; ++i) {
                for (std::size_t k = 0; k < width; ++k) {
                    given[k] += weight * fields_[l][i] * matrix[i * width + k];
                }
            }
        }
        for (std::size_t k = 0; k < width; ++k) {
            rows[t][k] = static_cast<Real>(1 - kFeedbackShare) * rows[t][k] +
                         static_cast<Real>(kFeedbackShare) * given[k];
        }
    }
}

template <class Real>
auto NaiveProcessor<Real>::attention_weights(const Rows& rows) const -> Rows {
    const ModelShape& shape = model_->shape();
    const std::size_t n = rows.size(), width = shape.width, head_width = shape.head_width();
    Rows queries, keys;
    for (const Row& row : rows) {
        queries.push_back(product(row, model_->projection(), 2 * width, 0, width));
        keys.push_back(product(row, model_->projection(), 2 * width, width, width));
    }
    const auto by = static_cast<Real>(1.0 / static_cast<double>(shape.heads * kScales.size()));
    const Real root = std::sqrt(static_cast<Real>(head_width));
    Rows weights(n, Row(n, Real{0}));
    for (std::size_t head = 0; head < shape.heads; ++head) {
        for (std::size_t i = 0; i < n; ++i) {
            Row scores(n, Real{0});
            for (std::size_t j = 0; j < n; ++j) {
                for (std::size_t k = head * head_width; k < (head + 1) * head_width; ++k) {
                    scores[j] += queries[i][k] * keys[j][k];
                }
                scores[j] /= root;
            }
            for (const std::size_t scale : kScales) {
                add_softmax(scores, i, scale, by, weights[i]);
            }
        }
    }
    return weights;
}

template <class Real>
auto NaiveProcessor<Real>::attend(const Rows& rows) const -> Rows {
    const Rows weights = attention_weights(rows);
    const auto share = static_cast<Real>(kAttentionShare);
    Rows out = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (Real& value : out[i]) {
            value *= 1 - share;
        }
        for (std::size_t j = 0; j < rows.size(); ++j) {
            for (std::size_t k = 0; k < rows[j].size(); ++k) {
                out[i][k] += share * weights[i][j] * rows[j][k];
            }
        }
    }
    return out;
}

template <class Real>
Processed NaiveProcessor<Real>::process(std::string_view text) {
    const NaiveText found = naive_scan(text, model_->shape().vocabulary);
    const std::size_t n = found.tokens.size();
    require_length(n, model_->shape().longest);
    Processed counts{.tokens = n, .filtered = found.filtered, .replaced = found.replaced};
    Rows rows;
    for (std::size_t t = 0; t < n; ++t) {
        rows.push_back(embedded(found.tokens[t].id, t));
        ++counts.of_type[static_cast<std::size_t>(found.tokens[t].type)];
        counts.mean_score += found.tokens[t].score() / static_cast<double>(n);
    }
    absorb(rows);
    feed_back(rows);
    out_ = attend(rows);
    return counts;
}

template <class Real>
auto NaiveProcessor<Real>::row_of(std::string_view text, std::size_t t) -> Row {
    const NaiveText found = naive_scan(text, model_->shape().vocabulary);
    const std::size_t n = found.tokens.size();
    require_length(n, model_->shape().longest);
    const std::size_t first = t < kBand ? 0 : t - kBand, end = std::min(n, t + kBand + 1);
    Row sum(model_->shape().width, Real{0});
    Rows rows;
    for (std::size_t i = 0; i < n; ++i) {
        const Row row = embedded(found.tokens[i].id, i);
        for (std::size_t k = 0; k < row.size(); ++k) {
            sum[k] += row[k];
        }
        if (i >= first && i < end) {
            rows.push_back(row);
        }
    }
    restart();
    absorb({sum});
    feed_back(rows, first);
    return attend(rows).at(t - first);
}

template class NaiveProcessor<float>;
template class NaiveProcessor<double>;

} // namespace assay::semantic_tokens
