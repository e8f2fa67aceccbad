// Foreign text in Markdown, piece by piece.
#include "report_text/markdown_text.hpp"

#include <doctest/doctest.h>

namespace markdown_text_test {

using namespace report_text;

TEST_CASE("a harmless name is a code span, any other is entities") {
    CHECK(code("router/f[n=16,impl=a_b]") == "`router/f[n=16,impl=a_b]`");
    CHECK(code("a|b") == "<code>a&#124;b</code>");
    CHECK(code("a`b") == "<code>a&#96;b</code>");
    CHECK(code("<script>") == "<code>&#60;script&#62;</code>");
    CHECK(code("a\nb") == "<code>a&#92;nb</code>");
    CHECK(code("") == "");
    CHECK(code("\xE6\xBC\xA2") == "`\xE6\xBC\xA2`");
}

TEST_CASE("prose keeps what reads well and takes the edge off the rest") {
    CHECK(prose("+5.25 % [+4.10, +6.40]") == "+5.25 % [+4.10, +6.40]");
    CHECK(prose("SIGSEGV at 0x0 in run (3 pairs failed): so") ==
          "SIGSEGV at 0x0 in run (3 pairs failed): so");
    CHECK(prose("hit_rate 2026-11-18T11:06:40Z") == "hit_rate 2026-11-18T11:06:40Z");
    CHECK(prose("a_ *b*") == "a&#95; &#42;b&#42;");
    CHECK(prose("@all #1 http://x [a](b) <i>") ==
          "&#64;all &#35;1 http&#58;//x [a]&#40;b) &#60;i&#62;");
    CHECK(prose("www.x") == "www&#46;x");
    CHECK(prose("\xFF\x1b") == "&#92;xff&#92;x1b");
}

TEST_CASE("text that is too long is cut and shows it") {
    CHECK(prose("abcdef", 4) == "abc\u2026");
    CHECK(code("abcdef", 4) == "`abc\u2026`");
}

TEST_CASE("an empty cell of a table is a dash") {
    CHECK(table_row({"a", "", "c"}) == "| a | \u2013 | c |\n");
}

} // namespace markdown_text_test
