// Whole sequences: the naive way's numbers, bad input, and that seeds and threads change nothing.
#include "allocation_count.hpp"
#include "semantic_tokens/drawn_text.hpp"
#include "small_models.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>

namespace processor_test {

using namespace semantic_tokens_test;

namespace {

template <class Real>
std::vector<double> processed(const TokenModel<Real>& model,
                              const std::vector<std::string>& texts) {
    TokenProcessor<Real> processor(model);
    for (const std::string& text : texts) {
        (void)processor.process(text);
    }
    return flat(processor.rows());
}

} // namespace

TEST_CASE("sequences are those of the naive way, one after the other, in both precisions") {
    for (const std::size_t n : {1, 2, 8, 9, 31, 64, 100}) {
        CAPTURE(n);
        TokenProcessor<double> processor(small_model<double>());
        TokenProcessor<float> small(small_model<float>());
        NaiveProcessor<double> naive(small_model<double>());
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const std::string text = drawn_text(seed, n);
            const Processed found = processor.process(text), expected = naive.process(text);
            CHECK(found.tokens == n);
            CHECK(found.filtered == expected.filtered);
            CHECK(found.of_type == expected.of_type);
            CHECK(found.mean_score == doctest::Approx(expected.mean_score));
            CHECK(relative_difference(flat(processor.rows()), flat(naive.rows())) < kEqual);
            (void)small.process(text);
            CHECK(relative_difference(flat(small.rows()), flat(naive.rows())) < kFloatNear);
        }
    }
}

TEST_CASE("a sequence of the whole model is that of the naive way") {
    const TokenModel<double> model({}, 3);
    const std::string text = drawn_text(2, 20);
    TokenProcessor<double> processor(model);
    NaiveProcessor<double> naive(model);
    (void)processor.process(text);
    (void)naive.process(text);
    CHECK(relative_difference(flat(processor.rows()), flat(naive.rows())) < kEqual);
}

TEST_CASE("a row of a long sequence is found without the others") {
    const std::string text = drawn_text(4, 570);
    TokenProcessor<double> processor(small_model<double>());
    (void)processor.process(text);
    NaiveProcessor<double> naive(small_model<double>());
    for (const std::size_t t : {0, 3, 8, 100, 515, 516, 569}) {
        CAPTURE(t);
        const double* const row = processor.rows().data() + t * 64;
        CHECK(relative_difference({row, row + 64}, naive.row_of(text, t)) < kEqual);
    }
}

TEST_CASE("a filtered token is the token [FILTERED], whatever it was") {
    TokenProcessor<double> processor(small_model<double>());
    const Processed scam = processor.process("lamp scam tree");
    const auto one = flat(processor.rows());
    CHECK(scam.filtered == 1);
    CHECK(scam.of_type == std::array<std::uint64_t, kTokenTypes>{1, 0, 0, 0, 2});
    CHECK(scam.mean_score == 1);
    processor.restart();
    (void)processor.process("lamp malware tree");
    CHECK(flat(processor.rows()) == one);
    processor.restart();
    (void)processor.process("lamp moon tree");
    CHECK(flat(processor.rows()) != one);
}

TEST_CASE("no token, and more than the model's longest, are refused and leave no trace") {
    TokenProcessor<double> processor(small_model<double>());
    NaiveProcessor<double> naive(small_model<double>());
    const std::string too_long = drawn_text(1, 601);
    for (const std::string& text : {std::string(), std::string("  \n"), too_long}) {
        const std::string expected = "the sequence has " +
                                     std::to_string(text.size() > 9 ? 601 : 0) +
                                     " tokens: expected 1 to 600";
        CHECK_THROWS_WITH_AS(processor.process(text), expected.c_str(), std::invalid_argument);
        CHECK_THROWS_WITH_AS(naive.process(text), expected.c_str(), std::invalid_argument);
        CHECK(processor.rows().empty());
    }
    (void)processor.process("one two");
    CHECK(flat(processor.rows()) == processed(small_model<double>(), {"one two"}));
}

TEST_CASE("bytes that are no UTF-8 and a token of a megabyte go through") {
    TokenProcessor<double> processor(small_model<double>());
    NaiveProcessor<double> naive(small_model<double>());
    const std::string text =
        "one \xFFtwo\xC3 " + std::string(std::size_t{1} << 20U, 'm') + " \xE2\x82\xAC";
    const Processed found = processor.process(text);
    (void)naive.process(text);
    CHECK(found.tokens == 4);
    CHECK(found.replaced == 2);
    CHECK(relative_difference(flat(processor.rows()), flat(naive.rows())) < kEqual);
}

TEST_CASE("the same seed gives the same bits, another seed others") {
    const std::vector<std::string> texts{drawn_text(1, 40), drawn_text(2, 30)};
    const auto one = processed(TokenModel<double>(small_shape(), 5), texts);
    CHECK(processed(TokenModel<double>(small_shape(), 5), texts) == one);
    CHECK(processed(TokenModel<double>(small_shape(), 6), texts) != one);
    CHECK(drawn_text(1, 40) == texts[0]);
    CHECK(drawn_text(3, 40) != texts[0]);
}

TEST_CASE("rows that were made before are those that are made on the way") {
    const std::vector<std::string> texts{drawn_text(1, 50)};
    TokenModel<float> model(small_shape(), 5);
    const auto before = processed(model, texts);
    model.make_rows(ids_of(texts, small_shape().vocabulary));
    CHECK(processed(model, texts) == before);
    const std::uint32_t beyond[] = {997};
    CHECK_THROWS_WITH_AS(
        model.make_rows(beyond), "word 997 is beyond the vocabulary of 997", std::invalid_argument);
}

TEST_CASE("any number of processors on one model give the same bits") {
    const std::vector<std::string> texts{drawn_text(1, 80), drawn_text(2, 30)};
    const auto alone = processed(small_model<double>(), texts);
    for (const std::size_t lanes : {1, 2, 5}) {
        std::vector<std::vector<double>> of_lane(lanes);
        std::vector<std::thread> threads;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            threads.emplace_back(
                [&, lane] { of_lane[lane] = processed(small_model<double>(), texts); });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const auto& rows : of_lane) {
            CHECK(rows == alone);
        }
    }
}

TEST_CASE("after the first sequence of a length nothing is allocated") {
    TokenProcessor<double> processor(small_model<double>());
    const std::string text = drawn_text(1, 50);
    (void)processor.process(text);
    const std::uint64_t before = allocation_count();
    (void)processor.process(text);
    CHECK(allocation_count() == before);
}

TEST_CASE("models that make no sense are refused with what was expected") {
    CHECK_THROWS_WITH_AS(TokenModel<double>({.width = 100}, 1),
                         "width is 100 and heads 8: expected a width that is a multiple of 64 and "
                         "of 8 for each head",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(TokenModel<double>({.layers = 0}, 1),
                         "layers is 0: expected 1 to 12",
                         std::invalid_argument);
    CHECK_THROWS_AS(TokenModel<double>({.vocabulary = 0}, 1), std::invalid_argument);
}

TEST_CASE("costs are counted by formula") {
    const ModelShape shape;
    CHECK(projection_flops(shape, 512) == 2.0 * 512 * 512 * 1024);
    // Rows of 9, 10, ... 17, 17, ... 10, 9 entries: 17 n - 72.
    CHECK(band_flops(shape, 100) == (1700 - 72) * (4 * 512.0 + 16) + 100 * 512);
    CHECK(band_flops(shape, 1) == 4 * 512 + 16 + 512);
    CHECK(process_flops(shape, 512) > projection_flops(shape, 512));
    CHECK(process_flops(shape, 512) < 1.1 * projection_flops(shape, 512));
}

} // namespace processor_test
