// What is no UTF-8 is replaced as Unicode recommends, and counted.
#include "semantic_tokens/token_filter.hpp"
#include "semantic_tokens/utf8_text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace utf8_test {

using namespace assay::semantic_tokens;

namespace {

struct Cleaned {
    std::string text;
    std::uint64_t replaced = 0;

    bool operator==(const Cleaned&) const = default;
};

Cleaned cleaned(std::string_view bytes) {
    std::string room = "left over";
    const Utf8Text found = well_formed(bytes, room);
    return {std::string(found.text), found.replaced};
}

const std::string kMark = "\xEF\xBF\xBD";

} // namespace

TEST_CASE("well-formed text is not copied") {
    const std::string text = "plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80, \xF4\x8F\xBF\xBF";
    std::string room;
    const Utf8Text found = well_formed(text, room);
    CHECK(found.text.data() == text.data());
    CHECK(found.text.size() == text.size());
    CHECK(found.replaced == 0);
}

TEST_CASE("each longest part that begins no character becomes one mark") {
    CHECK(cleaned("a\x80z") == Cleaned{"a" + kMark + "z", 1});
    CHECK(cleaned("\xC0\xAF") == Cleaned{kMark + kMark, 2});             // overlong
    CHECK(cleaned("\xE0\x80\xAF") == Cleaned{kMark + kMark + kMark, 3}); // overlong
    CHECK(cleaned("\xED\xA0\x80") == Cleaned{kMark + kMark + kMark, 3}); // a surrogate
    CHECK(cleaned("\xE2\x82") == Cleaned{kMark, 1});                     // cut off
    CHECK(cleaned("\xF0\x9F\x98"
                  "A") == Cleaned{kMark + "A", 1});
    CHECK(cleaned("\xF4\x90\x80\x80") == Cleaned{kMark + kMark + kMark + kMark, 4});
    CHECK(cleaned("\xFF\xFE") == Cleaned{kMark + kMark, 2});
    // Unicode, table 3-8.
    CHECK(cleaned("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
          Cleaned{"a" + kMark + kMark + kMark + "b" + kMark + "c" + kMark + kMark + "d", 6});
}

TEST_CASE("a fault far behind plain text is found, and the text before it kept") {
    for (std::size_t before = 0; before < 40; ++before) {
        const std::string text(before, 'x');
        CHECK(cleaned(text + "\xC3" + "end") == Cleaned{text + kMark + "end", 1});
    }
}

TEST_CASE("the filter counts what was replaced and hashes what it became") {
    TokenFilter filter(50'000);
    const FilteredText& found = filter.scan("one t\xFFwo \xE2\x82");
    CHECK(found.replaced == 2);
    REQUIRE(found.tokens.size() == 3);
    CHECK(found.word(1) == "t" + kMark + "wo");
    CHECK(found.tokens[1].id == token_id("t" + kMark + "wo", 50'000));
    CHECK(filter.scan("one two").replaced == 0);
}

} // namespace utf8_test
