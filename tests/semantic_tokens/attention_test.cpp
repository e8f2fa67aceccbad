// Attention within a band: what its weights are, and that it is the naive one.
#include "semantic_tokens/banded_attention.hpp"
#include "small_models.hpp"

#include <doctest/doctest.h>

#include <numeric>

namespace attention_test {

using namespace semantic_tokens_test;

namespace {

// A in the band of each row.
template <class Real>
std::vector<double> weights_of(const std::vector<std::vector<Real>>& rows) {
    BandedAttention<Real> attention(small_model<Real>());
    attention.keep_weights(true);
    const VectorValues<Real> in = aligned(rows);
    VectorValues<Real> out(in.size());
    attention.apply(in.data(), rows.size(), out.data());
    return flat(attention.weights(rows.size()));
}

std::size_t apart(std::size_t i, std::size_t j) {
    return i < j ? j - i : i - j;
}

} // namespace

TEST_CASE("rows of weights sum to 1 and are 0 beyond the ends of the sequence") {
    for (const std::size_t n : {1, 2, 3, 7, 8, 9, 16, 17, 18, 40}) {
        CAPTURE(n);
        const auto weights = weights_of(drawn_rows<double>(n, n, 64));
        for (std::size_t i = 0; i < n; ++i) {
            const double* const row = weights.data() + i * kBandEntries;
            CHECK(std::accumulate(row, row + kBandEntries, 0.0) ==
                  doctest::Approx(1).epsilon(1e-13));
            for (std::size_t k = 0; k < kBandEntries; ++k) {
                const bool is_inside = i + k >= kBand && i + k < n + kBand;
                CHECK((row[k] > 0) == is_inside);
            }
        }
    }
}

TEST_CASE("where all scores are equal, scales nest: each gives its share to all that it reaches") {
    const std::size_t n = 30;
    const auto weights =
        weights_of(std::vector<std::vector<double>>(n, std::vector<double>(64, 0.0)));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < kBandEntries; ++k) {
            double expected = 0;
            for (const std::size_t scale : kScales) {
                std::size_t reached = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    reached += apart(i, j) <= scale ? 1 : 0;
                }
                const bool reaches =
                    i + k >= kBand && i + k < n + kBand && apart(k, kBand) <= scale;
                expected += reaches ? 0.25 / static_cast<double>(reached) : 0;
            }
            CHECK(weights[i * kBandEntries + k] == doctest::Approx(expected).epsilon(1e-13));
        }
    }
}

TEST_CASE("weights are the naive ones, which look at all tokens") {
    const auto rows = drawn_rows<double>(3, 37, 64);
    const auto found = weights_of(rows);
    const auto expected = NaiveProcessor<double>(small_model<double>()).attention_weights(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < rows.size(); ++j) {
            const double weight =
                apart(i, j) > kBand ? 0 : found[i * kBandEntries + (j + kBand - i)];
            CHECK(weight == doctest::Approx(expected[i][j]).epsilon(1e-10));
        }
    }
}

TEST_CASE("attention of any length is the naive one, in both precisions") {
    for (const std::size_t n : {1, 5, 6, 7, 17, 33, 64}) {
        CAPTURE(n);
        const auto rows = drawn_rows<double>(n, n, 64);
        const auto expected = flat(NaiveProcessor<double>(small_model<double>()).attend(rows));
        BandedAttention<double> attention(small_model<double>());
        const auto in = aligned(rows);
        VectorValues<double> out(in.size());
        attention.apply(in.data(), n, out.data());
        CHECK(relative_difference({out.begin(), out.end()}, expected) < kEqual);
        BandedAttention<float> small(small_model<float>());
        const VectorValues<float> float_in(in.begin(), in.end());
        VectorValues<float> float_out(in.size());
        small.apply(float_in.data(), n, float_out.data());
        CHECK(relative_difference({float_out.begin(), float_out.end()}, expected) < kFloatNear);
    }
}

TEST_CASE("a far token with an enormous score does not swallow the near ones") {
    // Scores of some thousands: the exponentials of near tokens vanish beside the far one's.
    const auto rows = drawn_rows<double>(11, 25, 64, 40);
    const auto expected = flat(NaiveProcessor<double>(small_model<double>()).attend(rows));
    BandedAttention<double> attention(small_model<double>());
    attention.keep_weights(true);
    const auto in = aligned(rows);
    VectorValues<double> out(in.size());
    attention.apply(in.data(), rows.size(), out.data());
    CHECK(relative_difference({out.begin(), out.end()}, expected) < kEqual);
    const auto weights = flat(attention.weights(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double* const row = weights.data() + i * kBandEntries;
        // A quarter of all goes to what scale 1 reaches.
        CHECK(row[kBand - 1] + row[kBand] + row[kBand + 1] > 0.2499);
    }
}

TEST_CASE("long sequences go in blocks of rows, and blocks agree") {
    const std::size_t n = 600; // more than one block
    const auto rows = drawn_rows<double>(2, n, 64);
    BandedAttention<double> attention(small_model<double>());
    const auto in = aligned(rows);
    VectorValues<double> out(in.size());
    attention.apply(in.data(), n, out.data());
    for (const std::size_t first : {std::size_t{0}, std::size_t{500}, std::size_t{560}}) {
        // Rows far enough from the ends of a part are those of the whole.
        const std::vector<std::vector<double>> part(
            rows.begin() + static_cast<std::ptrdiff_t>(first),
            rows.begin() + static_cast<std::ptrdiff_t>(first + 40));
        const auto expected = NaiveProcessor<double>(small_model<double>()).attend(part);
        for (std::size_t i = kBand; i + kBand < 40; ++i) {
            const double* const row = out.data() + (first + i) * 64;
            CHECK(relative_difference({row, row + 64}, expected[i]) < kEqual);
        }
    }
}

} // namespace attention_test
