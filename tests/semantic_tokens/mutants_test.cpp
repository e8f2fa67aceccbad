// Faults that such code is known to have, built on purpose: each is told from the sound way by the
// comparison that verification makes.
#include "semantic_tokens/drawn_text.hpp"
#include "small_models.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace mutants_test {

using namespace semantic_tokens_test;

namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

constexpr std::size_t kWidth = 64, kTokens = 40;

// What is wrong; nothing by default.
struct Fault {
    bool uses_values = false;        // A (e W_V) in the place of A e
    bool softmax_over_all = false;   // and the band cut out afterwards
    bool unscaled = false;           // Q K^T without the root of the head's width
    std::size_t wider = 0;           // the band is one off
    std::size_t phase = 0;           // of the feedback's weights
    bool straight_back = false;      // M f in the place of M^T f
    bool sums_before_filter = false; // fields take in what was filtered
};

std::size_t apart(std::size_t i, std::size_t j) {
    return i < j ? j - i : i - j;
}

Row projected(const Row& row, std::size_t first) {
    Row result(kWidth, 0.0);
    for (std::size_t k = 0; k < kWidth; ++k) {
        for (std::size_t c = 0; c < kWidth; ++c) {
            result[c] += row[k] * small_model<double>().projection()[k * 2 * kWidth + first + c];
        }
    }
    return result;
}

// Softmax of one head and scale, with its fault.
Row softmax(const Row& scores, std::size_t i, std::size_t scale, const Fault& fault) {
    Row weights(scores.size(), 0.0);
    double sum = 0;
    for (std::size_t j = 0; j < scores.size(); ++j) {
        const bool is_near = apart(i, j) <= scale + fault.wider;
        sum += is_near || fault.softmax_over_all ? std::exp(scores[j]) : 0;
        weights[j] = is_near ? std::exp(scores[j]) : 0;
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

Rows attended(const Rows& rows, const Fault& fault) {
    const std::size_t heads = small_shape().heads, head_width = kWidth / heads;
    Rows queries, keys, acted_on;
    for (const Row& row : rows) {
        queries.push_back(projected(row, 0));
        keys.push_back(projected(row, kWidth));
        acted_on.push_back(fault.uses_values ? projected(row, kWidth) : row);
    }
    Rows out = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row weights(rows.size(), 0.0);
        for (std::size_t head = 0; head < heads; ++head) {
            Row scores(rows.size(), 0.0);
            for (std::size_t j = 0; j < rows.size(); ++j) {
                for (std::size_t k = head * head_width; k < (head + 1) * head_width; ++k) {
                    scores[j] += queries[i][k] * keys[j][k];
                }
                scores[j] /= fault.unscaled ? 1 : std::sqrt(double(head_width));
            }
            for (const std::size_t scale : kScales) {
                const Row of_scale = softmax(scores, i, scale, fault);
                for (std::size_t j = 0; j < rows.size(); ++j) {
                    weights[j] += of_scale[j] / double(heads * kScales.size());
                }
            }
        }
        for (std::size_t k = 0; k < kWidth; ++k) {
            double sum = 0;
            for (std::size_t j = 0; j < rows.size(); ++j) {
                sum += weights[j] * acted_on[j][k];
            }
            out[i][k] = 0.8 * rows[i][k] + 0.2 * sum;
        }
    }
    return out;
}

Rows embedded(const std::string& text, bool filters) {
    const NaiveText found = naive_scan(text, small_shape().vocabulary);
    Rows rows;
    for (std::size_t t = 0; t < found.tokens.size(); ++t) {
        const ScannedToken& token = found.tokens[t];
        const std::string word = found.text.substr(token.begin, token.length);
        const std::uint32_t id = token.filtered && filters
                                     ? token_id(kFilteredToken, small_shape().vocabulary)
                                     : token_id(word, small_shape().vocabulary);
        Row aside(kWidth), row(kWidth);
        const double* const of_word = small_model<double>().embedding(id, aside.data());
        for (std::size_t k = 0; k < kWidth; ++k) {
            row[k] = of_word[k] + small_model<double>().position(t)[k];
        }
        rows.push_back(row);
    }
    return rows;
}

void feed_back(Rows& rows, const Rows& fields, const Fault& fault) {
    for (std::size_t t = 0; t < rows.size(); ++t) {
        for (double& value : rows[t]) {
            value *= 0.7;
        }
        for (std::size_t l = 0; l < fields.size(); ++l) {
            const double* const m = small_model<double>().layer(l);
            const double weight = 0.3 * feedback_weight(l, t + fault.phase);
            for (std::size_t i = 0; i < kWidth; ++i) {
                for (std::size_t k = 0; k < kWidth; ++k) {
                    const double entry =
                        fault.straight_back ? m[k * kWidth + i] : m[i * kWidth + k];
                    rows[t][k] += weight * entry * fields[l][i];
                }
            }
        }
    }
}

Rows processed(const std::string& text, const Fault& fault) {
    Rows rows = embedded(text, true);
    NaiveProcessor<double> fields(small_model<double>());
    fields.absorb(fault.sums_before_filter ? embedded(text, false) : rows);
    feed_back(rows, fields.fields(), fault);
    return attended(rows, fault);
}

double off_by(const Fault& fault) {
    const std::string text = drawn_text(1, kTokens);
    TokenProcessor<double> processor(small_model<double>());
    REQUIRE(processor.process(text).filtered > 0);
    return relative_difference(flat(processor.rows()), flat(processed(text, fault)));
}

} // namespace

TEST_CASE("without a fault the double agrees with what is measured") {
    CHECK(off_by({}) < kEqual);
}

TEST_CASE("values in attention, which the formula does not have, are told apart") {
    CHECK(off_by({.uses_values = true}) > 1e-3);
}

TEST_CASE("a band that is one too wide is told apart") {
    CHECK(off_by({.wider = 1}) > 1e-3);
}

TEST_CASE("a softmax over all tokens, cut to the band afterwards, is told apart") {
    CHECK(off_by({.softmax_over_all = true}) > 1e-3);
}

TEST_CASE("scores without the root of the head's width are told apart") {
    CHECK(off_by({.unscaled = true}) > 1e-3);
}

TEST_CASE("a feedback that is one position late is told apart") {
    CHECK(off_by({.phase = 1}) > 1e-3);
}

TEST_CASE("a feedback by the matrix and not its transpose is told apart") {
    CHECK(off_by({.straight_back = true}) > 1e-3);
}

TEST_CASE("fields that take in filtered tokens are told apart") {
    CHECK(off_by({.sums_before_filter = true}) > 1e-3);
}

} // namespace mutants_test
