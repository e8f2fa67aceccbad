#include "random_vectors.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "retrieval/text_hash.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace hashed_embedder_test {

using namespace assay::retrieval;
using retrieval_test::dot_of;

double cosine(const Embedder& embedder, std::string_view one, std::string_view other) {
    return dot_of(embedder.embed(one).vector, embedder.embed(other).vector);
}

TEST_CASE("a text with words has unit length and one without is all zero") {
    const HashedEmbedder embedder({.dimension = 384});
    for (const std::string_view text : {"x", "Hello world", "日本語", "a a a a b"}) {
        const Embedding made = embedder.embed(text);
        CHECK(dot_of(made.vector, made.vector) == doctest::Approx(1).epsilon(1e-6));
        CHECK_FALSE(made.notes.is_zero);
    }
    for (const std::string_view text : {"", "   ", "?!"}) {
        const Embedding made = embedder.embed(text);
        CHECK(dot_of(made.vector, made.vector) == 0);
        CHECK(made.notes.is_zero);
    }
}

TEST_CASE("a word stands at its hash with its sign, its grams at theirs with 0.3 of its weight") {
    const HashedEmbedder embedder({.dimension = 65536}); // wide enough that none of these collide
    const auto vector = embedder.embed("ab ab").vector;
    const auto component = [&](std::string_view part) {
        const std::uint64_t h = hash_of(part);
        const double value = static_cast<double>(vector[h % vector.size()]);
        return (h >> 63) != 0 ? value : -value;
    };
    // ^ab$: the word, ^ab, ab$ and ^ab$, all of weight 1 + ln 2.
    const double length = std::sqrt(1 + 3 * 0.09);
    CHECK(component("ab") == doctest::Approx(1 / length).epsilon(1e-6));
    for (const std::string_view gram : {"^ab", "ab$", "^ab$"}) {
        CHECK(component(gram) == doctest::Approx(0.3 / length).epsilon(1e-6));
    }
}

TEST_CASE("the hash is the one that the definition gives") {
    CHECK(hash_of("") == 0xf797e2e59349ece5ull);
    CHECK(hash_of("cache") == 0x82254c10dc352c93ull);
}

TEST_CASE("order of words and case do not count, repetitions count by their logarithm") {
    const HashedEmbedder embedder({});
    CHECK(embedder.embed("How do I cook Rice?").vector ==
          embedder.embed("rice COOK how i do").vector);
    CHECK(cosine(embedder, "cat dog", "cat cat cat dog") < 0.9999);
    CHECK(cosine(embedder, "cat dog", "cat cat cat dog") > 0.8);
}

TEST_CASE("texts that share words are nearer than texts that share parts of words or nothing") {
    for (const std::size_t dimension : {384, 1024}) {
        const HashedEmbedder embedder({.dimension = dimension});
        const std::string_view text = "how to reset my password";
        const double same = cosine(embedder, text, "how do I reset the password");
        const double related = cosine(embedder, text, "resetting passwords");
        const double other = cosine(embedder, text, "bananas grow in warm lands");
        CHECK(same > related);
        CHECK(related > other + 0.1);
    }
}

TEST_CASE("frequencies make rare words count more") {
    const std::vector<std::string> corpus{"what is the cat", "what is the dog", "what is the fox"};
    const auto frequencies =
        std::make_shared<const DocumentFrequencies>(DocumentFrequencies::of(corpus));
    const HashedEmbedder plain({}), weighted({.frequencies = frequencies});
    CHECK(cosine(weighted, "what is the cat", "what is the dog") <
          cosine(plain, "what is the cat", "what is the dog") - 0.05);
}

TEST_CASE("the name tells what the vectors depend on") {
    const std::vector<std::string> corpus{"a b"}, other{"a c"};
    const auto of = [](const std::vector<std::string>& texts) {
        return std::make_shared<const DocumentFrequencies>(DocumentFrequencies::of(texts));
    };
    CHECK(HashedEmbedder({}).name() == "hash-384-c35-w1");
    CHECK(HashedEmbedder({.dimension = 1024}).name() == "hash-1024-c35-w1");
    CHECK(HashedEmbedder({.gram_weight = 0.5}).name() == "hash-384-c35-w1-g0.5");
    const HashedEmbedder first({.frequencies = of(corpus)}), second({.frequencies = of(other)});
    CHECK(first.name().starts_with("hash-384-c35-w1-idf-"));
    CHECK(first.name() != second.name());
}

TEST_CASE("invalid UTF-8 is replaced and counted, and the rest embedded") {
    const HashedEmbedder embedder({});
    const Embedding broken = embedder.embed("good \xFF\xFE text");
    CHECK(broken.notes.invalid_sequences == 2);
    CHECK(broken.vector == embedder.embed("good text").vector);
    CHECK(embedder.embed("\xFF").notes.is_zero);
}

TEST_CASE("grams never cut a character") {
    const HashedEmbedder embedder({.dimension = 65536});
    const auto vector = embedder.embed("日本").vector; // ^日本$: ^日本, 日本$ and ^日本$
    std::size_t places = 0;
    for (const float x : vector) {
        places += x != 0 ? 1 : 0;
    }
    CHECK(places == 4);
}

TEST_CASE("a word of a megabyte is embedded like any other") {
    const HashedEmbedder embedder({});
    const Embedding made = embedder.embed(std::string(1 << 20, 'x'));
    CHECK(dot_of(made.vector, made.vector) == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE("a dimension or weight that makes no sense is refused") {
    CHECK_THROWS_WITH_AS(HashedEmbedder({.dimension = 0}),
                         "dimension is 0: expected 1 to 65536",
                         std::invalid_argument);
    CHECK_THROWS_AS(HashedEmbedder({.dimension = 65537}), std::invalid_argument);
    CHECK_THROWS_AS(HashedEmbedder({.gram_weight = -0.1}), std::invalid_argument);
    CHECK_THROWS_AS(HashedEmbedder({.gram_weight = std::numeric_limits<double>::quiet_NaN()}),
                    std::invalid_argument);
    std::vector<float> narrow(3);
    CHECK_THROWS_AS(HashedEmbedder({}).embed_into("a", narrow), std::invalid_argument);
}

} // namespace hashed_embedder_test
