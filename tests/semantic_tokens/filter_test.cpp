// What tokens are found, what they are, and that one pass finds what looking for each word finds.
#include "random_source/random_source.hpp"
#include "semantic_tokens/drawn_text.hpp"
#include "semantic_tokens/naive_filter.hpp"
#include "semantic_tokens/token_filter.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace filter_test {

using namespace assay::semantic_tokens;

namespace {

constexpr std::uint32_t kVocabulary = 50'000;

ScannedToken only_token(const std::string& text) {
    TokenFilter filter(kVocabulary);
    const FilteredText& found = filter.scan(text);
    REQUIRE(found.tokens.size() == 1);
    return found.tokens.front();
}

void check_equal(std::string_view text, TokenFilter& filter) {
    const FilteredText& found = filter.scan(text);
    const NaiveText expected = naive_scan(text, kVocabulary);
    CHECK(found.text == expected.text);
    CHECK(found.tokens == expected.tokens);
    CHECK(found.filtered == expected.filtered);
    CHECK(found.replaced == expected.replaced);
}

} // namespace

TEST_CASE("a token's number is FNV-1a of 64 bits modulo the vocabulary") {
    CHECK(token_id("", 0xFFFF'FFFF) == 0xCBF2'9CE4'8422'2325ull % 0xFFFF'FFFF);
    CHECK(token_id("a", 0x8000'0000) == (0xAF63'DC4C'8601'EC8Cull & 0x7FFF'FFFF)); // published
    CHECK(token_id("foobar", 0x8000'0000) == (0x8594'4171'F739'67E8ull & 0x7FFF'FFFF));
    CHECK(only_token("foobar").id == 0x8594'4171'F739'67E8ull % kVocabulary);
    CHECK(only_token("longer-than-eight-bytes").id ==
          token_id("longer-than-eight-bytes", kVocabulary));
}

TEST_CASE("types follow the first rule that matches, scores the keywords") {
    struct Expected {
        const char* text;
        TokenType type;
        double score;
    };

    const Expected expected[] = {
        {"lamp", TokenType::semantic, 1},
        {"ransomware", TokenType::unsafe, 0.01},
        {"Ransomware!", TokenType::unsafe, 0.01},
        {"ransomwares", TokenType::semantic, 1},
        {"xransomware", TokenType::semantic, 1},
        {"constitution", TokenType::constitutional, 1},
        {"start", TokenType::control, 1},
        {"section", TokenType::structural, 0.9},
        {"section:start", TokenType::control, 1},
        {"charter/section/start", TokenType::constitutional, 1},
        {"phishing.charter", TokenType::unsafe, 0.01},
        {"toxic", TokenType::semantic, 0.7},
        {"toxic-safe", TokenType::semantic, 0.8},
        {"safe-toxic-hate", TokenType::semantic, 0.5},
        {"toxic-hate-biased-spam", TokenType::semantic, 0},
        {"section-toxic-safe-honest", TokenType::structural, 0.8},
        {"self-harm", TokenType::unsafe, 0.01},
        {"self/HARM", TokenType::unsafe, 0.01},
        {"selfharm", TokenType::semantic, 1},
        {"phishing+ransomware", TokenType::unsafe, 0.001},
        {"safe-safe-toxic", TokenType::semantic, 0.8}, // a keyword counts once
        {"scam,safe,honest", TokenType::unsafe, 0.03},
        {"override", TokenType::control, 0.7}, // in two lists
        {"fairness", TokenType::constitutional, 1},
    };
    for (const Expected& one : expected) {
        CAPTURE(one.text);
        const ScannedToken token = only_token(one.text);
        CHECK(token.type == one.type);
        CHECK(token.found_score == doctest::Approx(one.score).epsilon(1e-12));
        CHECK(token.filtered == (one.score < 0.8));
        CHECK(token.score() == (token.filtered ? 1 : token.found_score));
        CHECK((token.id == token_id(kFilteredToken, kVocabulary)) == token.filtered);
    }
}

TEST_CASE("words of neighbouring tokens are no keyword together") {
    TokenFilter filter(kVocabulary);
    const FilteredText& found = filter.scan("self harm\tself-\n-harm");
    REQUIRE(found.tokens.size() == 4);
    CHECK(found.filtered == 0);
    CHECK(found.word(1) == "harm");
    CHECK(found.word(3) == "-harm");
}

TEST_CASE("every bundled keyword is found alone and between signs, and one pass agrees") {
    TokenFilter filter(kVocabulary);
    for (const Keyword& keyword : bundled_keywords()) {
        CAPTURE(keyword.word);
        const std::string word(keyword.word);
        CHECK(only_token(word) != only_token(word + "q"));
        check_equal(word, filter);
        check_equal("(" + word + ") \"" + word + "\"," + word + word + " x" + word, filter);
    }
}

TEST_CASE("drawn texts of every size are found as the naive way finds them") {
    TokenFilter filter(kVocabulary);
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        check_equal(drawn_text(seed, seed * 7), filter);
        check_equal(drawn_text_of_bytes(seed, 11 * seed), filter);
    }
    CHECK(drawn_text_of_bytes(3, 4096).size() == 4096);
}

TEST_CASE("tokens of every length are found, with a keyword at their end and without") {
    TokenFilter filter(kVocabulary);
    for (std::size_t length = 1; length <= 40; ++length) {
        CAPTURE(length);
        const std::string token(length, 'q');
        const std::string behind = " and more text than two steps of eight bytes read";
        check_equal(token + behind, filter);
        check_equal(token + "-scam" + behind, filter);
        check_equal(token + "\x1f" + token + behind, filter);
        CHECK(filter.scan(token + "-scam" + behind).filtered == 1);
        CHECK(filter.scan(token + behind).tokens[0].id == token_id(token, kVocabulary));
    }
}

TEST_CASE("texts of random bytes and of pieces of keywords are found as the naive way finds them") {
    const std::string pieces[] = {"self",
                                  "harm",
                                  "-",
                                  "--",
                                  " ",
                                  "\n",
                                  "start",
                                  "zero",
                                  "day",
                                  "safe",
                                  "x",
                                  "_",
                                  "9",
                                  "\xC3",
                                  "\xA9",
                                  "\xE2\x82",
                                  ".",
                                  "S"};
    TokenFilter filter(kVocabulary);
    assay::RandomSource random(assay::derived_seed(5, 6));
    for (int round = 0; round < 400; ++round) {
        std::string joined, bytes;
        for (std::uint32_t i = random.below(40); i > 0; --i) {
            joined += pieces[random.below(std::size(pieces))];
            bytes += static_cast<char>(random.below(256));
        }
        check_equal(joined, filter);
        check_equal(bytes, filter);
    }
}

TEST_CASE("an empty text and one of blanks have no tokens") {
    TokenFilter filter(kVocabulary);
    CHECK(filter.scan("").tokens.empty());
    CHECK(filter.scan(" \n\t  ").tokens.empty());
    CHECK(filter.scan("").filtered == 0);
}

TEST_CASE("a token of a megabyte is one token, with the keywords in it") {
    std::string large(std::size_t{1} << 20U, 'a');
    CHECK(only_token(large).id == token_id(large, kVocabulary));
    large.replace(large.size() / 2, 12, "/ransomware/");
    const ScannedToken token = only_token(large);
    CHECK(token.length == large.size());
    CHECK(token.type == TokenType::unsafe);
    CHECK(token.filtered);
}

TEST_CASE("the order of filtered tokens does not change the others") {
    TokenFilter filter(kVocabulary);
    const std::vector<ScannedToken> one = filter.scan("lamp scam tree toxic moon").tokens;
    const std::vector<ScannedToken> other = filter.scan("lamp toxic tree scam moon").tokens;
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].id == other[i].id);
        CHECK(one[i].filtered == other[i].filtered);
    }
    CHECK(one[1].type != other[1].type);
}

TEST_CASE("words of one's own are taken, and what is no keyword is refused with its place") {
    const Keyword own[] = {{"moon-base", KeywordKind::negative}, {"base", KeywordKind::positive}};
    TokenFilter filter(10, own);
    CHECK(filter.scan("moon-base").tokens[0].found_score == doctest::Approx(0.8));
    CHECK(filter.scan("base").tokens[0].found_score == 1);
    const Keyword wrong[] = {{"base", KeywordKind::positive}, {"Moon", KeywordKind::negative}};
    CHECK_THROWS_WITH_AS(TokenFilter(10, wrong),
                         "keyword 1 is 'Moon': expected lower case letters, parts joined by '-'",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        TokenFilter(0), "the vocabulary has 0 words: expected at least 1", std::invalid_argument);
}

} // namespace filter_test
