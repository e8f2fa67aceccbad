// The parts that reporters share to turn figures and foreign text into what people read.
#include "report_text/figure_text.hpp"
#include "report_text/safe_text.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace figure_text_test {

using namespace report_text;

namespace {

std::string shown(double value, std::string_view unit) {
    return joined(figure_text(value, unit, {.unicode = false}));
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

} // namespace

TEST_CASE("a figure beside a limit has the limit's prefix where that tells it") {
    const auto beside = [](double value, std::string_view unit, std::string_view limit) {
        return joined(figure_text_beside(value, unit, limit, {.unicode = false}));
    };
    CHECK(beside(8.13e-6, "s", "< 0.02 ms") == "0.00813 ms");
    CHECK(beside(1.5e6, "By", "within [1 MB, 2 MB]") == "1.500 MB");
    CHECK(beside(8e-9, "s", "< 1 s") == "8.000 ns");
    CHECK(beside(0.8, "1", ">= 0.2") == "0.8000");
}

TEST_CASE("an interval that stands alone has the unit of the figure it surrounds") {
    const FigureStyle plain{.unicode = false};
    CHECK(*interval_with_unit(306.1e-6, 311.2e-6, 308.8e-6, "s", plain) == "[306.1, 311.2] us");
    CHECK(*interval_with_unit(1, 3, 2, "1/s", plain) == "[1, 3]/s");
    CHECK(*interval_with_unit(0.25, 0.75, 0.5, "1", plain) == "[0.2500, 0.7500]");
    CHECK_FALSE(interval_with_unit(kNan, 1, 1, "s", plain));
}

TEST_CASE("what is counted is told without the braces that mark it for programs") {
    CHECK(shown(5200, "{token}/s") == "5200 token/s");
    CHECK(shown(12, "ms/{token}") == "12.00 ms/token");
    CHECK(shown(3, "1/{query}") == "3/query");
}

TEST_CASE("times are scaled to the unit that fits") {
    CHECK(shown(308.8e-6, "s") == "308.8 us");
    CHECK(shown(81.2e-6, "s") == "81.20 us");
    CHECK(shown(1.0, "s") == "1.000 s");
    CHECK(shown(0.25e-9, "s") == "0.2500 ns");
    CHECK(shown(3600, "s") == "3600 s");
    CHECK(shown(1500, "ns") == "1.500 us");
    CHECK(shown(2, "ms") == "2.000 ms");
    CHECK(joined(figure_text(2e-6, "s", {.unicode = true})) == "2.000 \u00B5s");
}

TEST_CASE("a figure that rounds up to the next unit is shown in it") {
    CHECK(shown(999.96e-9, "s") == "1.000 us");
    CHECK(shown(999.94e-9, "s") == "999.9 ns");
    CHECK(shown(1048575.99, "By") == "1.000 MiB");
    CHECK(shown(9999.6, "1") == "10000");
}

TEST_CASE("sizes go by 1024 and counts by 1000") {
    CHECK(shown(512, "By") == "512 B");
    CHECK(shown(1536, "By") == "1.500 KiB");
    CHECK(shown(33554432, "By") == "32.00 MiB");
    CHECK(shown(3221225472.0, "By/s") == "3.000 GiB/s");
    CHECK(shown(128, "1") == "128");
    CHECK(shown(9999, "{hit}") == "9999 hit");
    CHECK(shown(12345, "1") == "12.35 k");
    CHECK(shown(1.5e6, "{op}/s") == "1.500 M op/s");
    CHECK(shown(250, "1/s") == "250/s");
    CHECK(shown(0.9375, "1") == "0.9375");
    CHECK(shown(93.75, "%") == "93.75 %");
}

TEST_CASE("exact counts are whole, however many they are") {
    const auto exact = [](double value, std::string_view unit) {
        return joined(exact_text(value, unit, {.unicode = false}));
    };
    CHECK(exact(100'200, "{instruction}") == "100200 instruction");
    CHECK(exact(4'294'967'297.0, "1") == "4294967297");
    CHECK(exact(4100, "By") == "4100 B");
    CHECK(exact(12'345.5, "{op}") == "12.35 k op");
    CHECK(exact(2, "s") == "2.000 s");
    CHECK(exact(kNan, "1") == "-");
}

TEST_CASE("zero is a figure and what was not measured is not") {
    CHECK(shown(0, "1") == "0");
    CHECK(shown(-0.0, "s") == "0.0 ns");
    CHECK(shown(kNan, "s") == "-");
    CHECK(shown(std::numeric_limits<double>::infinity(), "s") == "-");
    CHECK(fixed(-0.00001, 1) == "0.0");
    CHECK(fixed(-0.05, 1) != "0.0");
}

TEST_CASE("an interval is shown in the unit of its figure") {
    CHECK(interval_text(306.1e-6, 1311.2e-6, 308.8e-6, "s", {}) == "[306.1, 1311.2]");
    CHECK_FALSE(interval_text(kNan, 1, 1, "s", {}).has_value());
}

TEST_CASE("durations are words") {
    CHECK(duration_text(0.04) == "0.0 s");
    CHECK(duration_text(9.96) == "10 s");
    CHECK(duration_text(41.2) == "41 s");
    CHECK(duration_text(200) == "3 min 20 s");
    CHECK(duration_text(7500) == "2 h 5 min");
    CHECK(duration_text(kNan).empty());
    CHECK(duration_text(-1).empty());
}

TEST_CASE("what a terminal would obey is written out") {
    CHECK(safe_text("a\x1b[2J\n\t\x7f", true) == "a\\x1b[2J\\n\\t\\x7f");
    CHECK(safe_text("\xC2\x9B", true) == "\\u{9b}");
    CHECK(safe_text("\xE2\x80\xAE", true) == "\\u{202e}");
    CHECK(safe_text("\xFF\xC3", true) == "\\xff\\xc3");
    CHECK(safe_text("caf\xC3\xA9", true) == "caf\xC3\xA9");
    CHECK(safe_text("caf\xC3\xA9", false) == "caf\\u{e9}");
    CHECK(safe_text(std::string_view("\0", 1), true) == "\\x00");
}

TEST_CASE("width counts columns and not bytes") {
    CHECK(width_of("abc") == 3);
    CHECK(width_of("\u00E9\u0301") == 1);
    CHECK(width_of("\u6F22\u5B57") == 4);
    CHECK(width_of("\u251C\u2500 ") == 3);
    CHECK(cut_to_width("abcdef", 4, true) == "abc\u2026");
    CHECK(cut_to_width("abcdef", 4, false) == "a...");
    CHECK(cut_to_width("abcdef", 6, true) == "abcdef");
    CHECK(cut_to_width("\u6F22\u5B57", 3, true) == "\u6F22\u2026");
    CHECK(padding("\u6F22", 4) == "  ");
    CHECK(padding("abcdef", 3).empty());
}

} // namespace figure_text_test
