// The fields: linear below their limit, limited above it, and what they give back.
#include "semantic_tokens/semantic_fields.hpp"
#include "small_models.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace fields_test {

using namespace semantic_tokens_test;

namespace {

using Rows = std::vector<std::vector<double>>;

double norm_of(std::span<const double> values) {
    double squares = 0;
    for (const double value : values) {
        squares += value * value;
    }
    return std::sqrt(squares);
}

Rows scaled(Rows rows, double by) {
    for (auto& row : rows) {
        for (double& value : row) {
            value *= by;
        }
    }
    return rows;
}

std::vector<double> fields_after(const std::vector<Rows>& sequences) {
    SemanticFields<double> fields(small_model<double>());
    for (const Rows& rows : sequences) {
        const auto in = aligned(rows);
        fields.absorb(in.data(), rows.size());
    }
    std::vector<double> all;
    for (std::size_t l = 0; l < small_shape().layers; ++l) {
        const auto field = fields.field(l);
        all.insert(all.end(), field.begin(), field.end());
    }
    return all;
}

} // namespace

TEST_CASE("memories of the layers are evenly 0.90 to 0.99") {
    const ModelShape shape;
    CHECK(memory_of_layer(shape, 0) == doctest::Approx(0.90));
    CHECK(memory_of_layer(shape, 3) == doctest::Approx(0.954));
    CHECK(memory_of_layer(shape, 5) == doctest::Approx(0.99));
    CHECK(memory_of_layer({.layers = 1}, 0) == doctest::Approx(0.90));
}

TEST_CASE("weights of the feedback have periods 2, 4, 8 ...") {
    CHECK(feedback_weight(0, 0) == 1);
    CHECK(feedback_weight(0, 1) == doctest::Approx(0).epsilon(1e-12));
    CHECK(feedback_weight(1, 1) == doctest::Approx(0.5));
    CHECK(feedback_weight(5, 32) == doctest::Approx(0));
    CHECK(feedback_weight(5, 64) == 1);
    CHECK(feedback_period({}) == 64);
    for (std::size_t t = 0; t < 200; ++t) {
        for (std::size_t l = 0; l < 6; ++l) {
            const double turns = double(t) / double(std::size_t{2} << l);
            CHECK(feedback_weight(l, t) ==
                  doctest::Approx(0.5 * (1 + std::cos(6.283185307179586 * turns))));
        }
    }
}

TEST_CASE("below the limit the fields are linear in the tokens") {
    const Rows a = drawn_rows<double>(1, 5, 64, 0.1), b = drawn_rows<double>(2, 4, 64, 0.1);
    Rows both = a;
    both.insert(both.end(), b.begin(), b.end());
    const auto of_a = fields_after({a}), of_b = fields_after({b});
    const auto of_both = fields_after({both}), of_triple = fields_after({scaled(a, 3)});
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        CHECK(of_both[i] == doctest::Approx(of_a[i] + of_b[i]).epsilon(1e-9));
        CHECK(of_triple[i] == doctest::Approx(3 * of_a[i]).epsilon(1e-9));
    }
}

TEST_CASE("no field is larger than 10, and one that would be keeps its direction") {
    const Rows rows = drawn_rows<double>(3, 50, 64, 1);
    const auto small = fields_after({scaled(rows, 1e-3)}),
               large = fields_after({scaled(rows, 1e3)});
    for (std::size_t l = 0; l < small_shape().layers; ++l) {
        const std::span field(large.data() + l * 64, 64);
        const std::span direction(small.data() + l * 64, 64);
        CHECK(norm_of(field) == doctest::Approx(10).epsilon(1e-12));
        CHECK(norm_of(direction) < 10);
        for (std::size_t k = 0; k < 64; ++k) {
            CHECK(field[k] ==
                  doctest::Approx(direction[k] * 10 / norm_of(direction)).epsilon(1e-9));
        }
    }
}

TEST_CASE("fields remember as the naive ones do, and give back the same, below and at the limit") {
    for (const double size : {0.05, 5.0}) {
        CAPTURE(size);
        SemanticFields<double> fields(small_model<double>());
        NaiveProcessor<double> naive(small_model<double>());
        for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) {
            const std::size_t n = 11 * sequence;
            Rows rows = drawn_rows<double>(sequence, n, 64, size);
            auto in = aligned(rows);
            fields.absorb(in.data(), n);
            fields.feed_back(in.data(), n);
            naive.absorb(rows);
            naive.feed_back(rows);
            CHECK(relative_difference({in.begin(), in.end()}, flat(rows)) < kEqual);
            for (std::size_t l = 0; l < naive.fields().size(); ++l) {
                CHECK(relative_difference(flat(fields.field(l)), naive.fields()[l]) < kEqual);
            }
        }
    }
}

TEST_CASE("what goes back is the transpose of the matrix on the field") {
    SemanticFields<double> fields(small_model<double>());
    const Rows rows = drawn_rows<double>(8, 3, 64, 0.2);
    const auto in = aligned(rows);
    fields.absorb(in.data(), rows.size());
    for (std::size_t l = 0; l < small_shape().layers; ++l) {
        for (std::size_t k = 0; k < 64; ++k) {
            double expected = 0;
            for (std::size_t i = 0; i < 64; ++i) {
                expected += small_model<double>().layer(l)[i * 64 + k] * fields.field(l)[i];
            }
            CHECK(fields.given_back(l)[k] == doctest::Approx(expected).epsilon(1e-9));
        }
    }
}

TEST_CASE("a restarted field knows nothing") {
    SemanticFields<double> fields(small_model<double>());
    const auto in = aligned(drawn_rows<double>(8, 3, 64));
    fields.absorb(in.data(), 3);
    const auto once = flat(fields.field(1));
    fields.absorb(in.data(), 3);
    CHECK(flat(fields.field(1)) != once);
    fields.restart();
    fields.absorb(in.data(), 3);
    CHECK(flat(fields.field(1)) == once);
}

} // namespace fields_test
