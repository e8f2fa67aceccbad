#include "retrieval/words.hpp"

#include <doctest/doctest.h>

#include <random>

namespace words_test {

using namespace assay::retrieval;
using List = std::vector<std::string>;

TEST_CASE("words are runs of letters and digits, lower-cased") {
    CHECK(words_of("Hello, WORLD-wide 42nd!").words == List{"hello", "world", "wide", "42nd"});
    CHECK(words_of("").words.empty());
    CHECK(words_of(" \t\n..!?").words.empty());
    CHECK(words_of(std::string_view("a\0b", 3)).words == List{"a", "b"});
}

TEST_CASE("letters beyond ASCII are letters and their case is folded") {
    CHECK(words_of("Über Straße").words == List{"über", "straße"});
    CHECK(words_of("ΑΘΗΝΑ Москва Ёлка").words == List{"αθηνα", "москва", "ёлка"});
    CHECK(words_of("日本語、テスト。").words == List{"日本語", "テスト"});
    CHECK(words_of("3×4 “quoted” a…b x—y").words == List{"3", "4", "quoted", "a", "b", "x", "y"});
    CHECK(words_of("Über").invalid_sequences == 0);
}

TEST_CASE("what is no UTF-8 separates and is counted as the Unicode standard counts it") {
    CHECK(words_of("ab\xFF"
                   "cd")
              .words == List{"ab", "cd"});
    CHECK(words_of("ab\xFF"
                   "cd")
              .invalid_sequences == 1);
    CHECK(words_of("\xC0\xAF").invalid_sequences == 2);         // an overlong form
    CHECK(words_of("\xED\xA0\x80").invalid_sequences == 3);     // a surrogate
    CHECK(words_of("\xF4\x90\x80\x80").invalid_sequences == 4); // above U+10FFFF
    CHECK(words_of("\xE2\x82").invalid_sequences == 1);         // cut off: one part
    CHECK(words_of("\xF0\x9F\x98 x").invalid_sequences == 1);
    CHECK(words_of("\xF0\x9F\x98\x80").invalid_sequences == 0);
}

TEST_CASE("no bytes whatever end the reading early or never") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::uint64_t length = random() % 40; length > 0; --length) {
            text += static_cast<char>(random() >> 56);
        }
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t before = at;
            (void)next_code_point(text, at);
            REQUIRE(at > before);
            REQUIRE(at <= text.size());
        }
        for (const std::string& word : words_of(text).words) {
            REQUIRE(words_of(word).words == List{word}); // words are what they are made of
            REQUIRE(words_of(word).invalid_sequences == 0);
        }
    }
}

} // namespace words_test
