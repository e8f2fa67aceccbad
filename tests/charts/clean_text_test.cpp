#include "charts/clean_text.hpp"
#include "charts/number_text.hpp"
#include "charts/text_width.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace clean_text_test {

using namespace assay::charts;

TEST_CASE("text that can be shown stays as it is") {
    CHECK(clean_text("router/least_latency[n=16,dtype=f32]") ==
          "router/least_latency[n=16,dtype=f32]");
    CHECK(clean_text("<script>alert('x')</script>") == "<script>alert('x')</script>");
    CHECK(clean_text("\u00B5s \u2013 \u0416 \u6F22 \U0001F600") ==
          "\u00B5s \u2013 \u0416 \u6F22 \U0001F600");
    CHECK(clean_text("").empty());
}

TEST_CASE("what is obeyed instead of shown becomes a replacement character") {
    CHECK(clean_text("a\tb\nc\rd") == "a b c d");
    CHECK(clean_text(std::string_view("a\0b", 3)) == "a\uFFFDb");
    CHECK(clean_text("\x1b[31m") == "\uFFFD[31m");
    CHECK(clean_text("a\u202Eb\u200Fc\u2066d") == "a\uFFFDb\uFFFDc\uFFFDd");
    CHECK(clean_text("a\u2028b\uFEFFc") == "a\uFFFDb\uFFFDc");
}

TEST_CASE("bytes that are no UTF-8 and characters that XML forbids are replaced") {
    CHECK(clean_text("\xff") == "\uFFFD");
    CHECK(clean_text("\xc3") == "\uFFFD");
    CHECK(clean_text("\xc0\xaf") == "\uFFFD\uFFFD");
    CHECK(clean_text("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD"); // half of a surrogate pair
    CHECK(clean_text("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(clean_text("\uFFFE") == "\uFFFD");
    CHECK(clean_text("\uFFFF") == "\uFFFD");
}

TEST_CASE("a text without end is cut") {
    const std::string cut = clean_text(std::string(1'000'000, 'x'));
    CHECK(cut.size() < kTextBytesMax + 8);
    CHECK(cut.ends_with("\u2026"));
    CHECK(clean_text(std::string(kTextBytesMax, 'x')) == std::string(kTextBytesMax, 'x'));
}

TEST_CASE("widths follow the letters, the size and the weight") {
    CHECK(text_width("", {}) == 0);
    CHECK(text_width("1", {.size = 10}) == doctest::Approx(6.36));
    CHECK(text_width("iii", {}) < text_width("mmm", {}));
    CHECK(text_width("abc", {.size = 22}) == doctest::Approx(2 * text_width("abc", {.size = 11})));
    CHECK(text_width("abc", {.bold = true}) > text_width("abc", {}));
    CHECK(text_width("\u6F22", {}) > text_width("m", {}));
    CHECK(text_width("e\u0301", {}) == text_width("e", {}));
}

TEST_CASE("a long name is cut in its middle and keeps both ends") {
    const std::string name = "selective_update/sparse_obs[n=1024,density=0.05]";
    const std::string cut = cut_middle(name, 120, {});
    CHECK(text_width(cut, {}) <= 120);
    CHECK(cut.starts_with("select"));
    CHECK(cut.ends_with("0.05]"));
    CHECK(cut.find("\u2026") != std::string::npos);
    CHECK(cut_middle("short", 120, {}) == "short");
    CHECK(cut_middle(name, 0, {}) == "\u2026");
}

TEST_CASE("a cut does not fall between the bytes of a letter") {
    const std::string name = "\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57";
    for (double width = 5; width < 100; width += 1) {
        const std::string cut = cut_middle(name, width, {});
        CHECK(clean_text(cut) == cut);
    }
}

TEST_CASE("notes are wrapped at words") {
    const auto lines = wrapped("3 values are not above zero and have no place", 120, {});
    REQUIRE(lines.size() >= 3);
    std::string joined;
    for (const std::string& line : lines) {
        CHECK(text_width(line, {}) <= 120);
        joined += (joined.empty() ? "" : " ") + line;
    }
    CHECK(joined == "3 values are not above zero and have no place");
    CHECK(wrapped("", 120, {}).empty());
    CHECK(wrapped("   ", 120, {}).empty());
}

TEST_CASE("numbers are short and know no minus zero") {
    CHECK(coordinate(12.0) == "12");
    CHECK(coordinate(12.04) == "12");
    CHECK(coordinate(-0.04) == "0");
    CHECK(coordinate(0.25) == "0.2");
    CHECK(coordinate(1e300) == "1000000");
    CHECK(coordinate(std::numeric_limits<double>::quiet_NaN()) == "0");
    CHECK(fixed(-0.04, 1) == "0.0");
    CHECK(fixed(2.5, 3) == "2.500");
    CHECK(short_number(271.94) == "271.9");
    CHECK(short_number(999.96) == "1000");
    CHECK(short_number(0.0123456) == "0.01235");
    CHECK(short_number(0) == "0");
    CHECK(short_number(-0.0) == "0");
    CHECK(short_number(1.5e9) == "1.5e9");
    CHECK(short_number(2e-7) == "2e-7");
    CHECK(short_number(std::numeric_limits<double>::infinity()) == "\u2013");
}

} // namespace clean_text_test
