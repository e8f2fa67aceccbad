#include "verdict/amount.hpp"

#include <doctest/doctest.h>

namespace amount_test {

using namespace assay;
using namespace assay::verdict;

TEST_CASE("times become seconds and sizes bytes") {
    CHECK(*amount_from("100 ms") == Amount{0.1, "s"});
    CHECK(*amount_from("2min") == Amount{120, "s"});
    CHECK(*amount_from("1 s") == Amount{1, "s"});
    CHECK(*amount_from("100 MB") == Amount{1e8, "By"});
    CHECK(*amount_from("1 MiB") == Amount{1048576, "By"});
    CHECK(*amount_from("1GB") == Amount{1e9, "By"});
}

TEST_CASE("other units stay as they are written") {
    CHECK(*amount_from("30 {step}/s") == Amount{30, "{step}/s"});
    CHECK(*amount_from("0.2") == Amount{0.2, ""});
    CHECK(*amount_from("20%") == Amount{20, "%"});
    CHECK(*amount_from("3 each") == Amount{3, "each"});
    CHECK(*amount_from("1e3 {op}") == Amount{1000, "{op}"});
}

TEST_CASE("what begins with no number is refused with what was written") {
    for (const char* text : {"", "fast", "ms", "-", "nan s", "inf"}) {
        const auto amount = amount_from(text);
        REQUIRE_FALSE(amount);
        CHECK(amount.error().kind == ErrorKind::config);
        CHECK(amount.error().message.find("'" + std::string(text) + "'") != std::string::npos);
    }
}

TEST_CASE("an amount is a figure of metrics in its unit alone") {
    CHECK(*in_unit({0.1, "s"}, "s") == 0.1);
    CHECK(*in_unit({0.1, ""}, "By") == 0.1);
    CHECK(*in_unit({20, "%"}, "1") == doctest::Approx(0.2));
    CHECK(*in_unit({20, "%"}, "%") == 20);
    const auto wrong = in_unit({0.1, "s"}, "By");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("'By'") != std::string::npos);
    CHECK(wrong.error().message.find("or a number alone") != std::string::npos);
}

TEST_CASE("frequencies and counted things per second are rates") {
    const auto figure = [](const char* text, const char* unit) {
        const auto amount = amount_from(text);
        REQUIRE(amount);
        return in_unit(*amount, unit);
    };
    CHECK(*figure("9 Hz", "1/s") == 9);
    CHECK(*figure("9 kHz", "1/s") == 9000);
    CHECK(*figure("2 MHz", "Hz") == 2e6);
    CHECK(*figure("9 1/s", "Hz") == 9);
    CHECK(*figure("500 req/s", "1/s") == 500);
    CHECK(*figure("500 ops/s", "1/s") == 500);
    CHECK(*figure("2 Mops/s", "1/s") == 2e6);
    CHECK(*figure("60 requests/min", "1/s") == doctest::Approx(1));
    CHECK(*figure("500 req/s", "{request}/s") == 500);
    CHECK(*figure("30 steps/s", "{step}/s") == 30);
    CHECK(*figure("100 MB/s", "By/s") == 1e8);
    CHECK_FALSE(figure("30 steps/s", "{token}/s"));
    CHECK_FALSE(figure("500 req/s", "s"));
    CHECK_FALSE(figure("9 Hz", "{token}/s"));
    CHECK_FALSE(figure("9 Hz", "1"));
    CHECK(text_of(*amount_from("9 kHz"), "1/s") == "9 kHz");
}

TEST_CASE("an amount is told as it was written, a bare number with the prefix that suits") {
    CHECK(text_of(*amount_from(" 100us "), "s") == "100\u00b5s");
    CHECK(text_of(*amount_from("100 \u00b5s"), "s") == "100 \u00b5s");
    CHECK(text_of(*amount_from("100 \u03bcs"), "s") == "100 \u00b5s");
    CHECK(amount_from("100 \u03bcs")->value == amount_from("100 us")->value);
    CHECK(text_of(*amount_from("0.0001"), "s") == "100 \u00b5s");
    CHECK(text_of(*amount_from("20%"), "1") == "20%");
    CHECK(figure_text(31.42e-6, "s") == "31.42 \u00b5s");
    CHECK(figure_text(1, "s") == "1 s");
    CHECK(figure_text(0, "s") == "0 s");
    CHECK(figure_text(5e-11, "s") == "0.05 ns");
    CHECK(figure_text(90, "s") == "90 s");
    CHECK(figure_text(6.5e7, "By") == "61.99 MiB");
    CHECK(figure_text(3.2e9, "By/s") == "2.98 GiB/s");
    CHECK(figure_text(0, "By") == "0 B");
    CHECK(figure_text(5200, "{token}/s") == "5200 token/s");
    CHECK(figure_text(3, "1/{query}") == "3 1/query");
    CHECK(figure_text(0.31, "1") == "0.31");
    CHECK(figure_text(30, "{step}/s") == "30 step/s");
}

TEST_CASE("a figure beside a limit has the limit's prefix where that tells it") {
    CHECK(figure_text_beside(8e-6, "s", "< 0.02 ms") == "0.008 ms");
    CHECK(figure_text_beside(1.5e6, "By", "within [1 MiB, 2 MiB]") == "1.431 MiB");
    CHECK(figure_text_beside(8e-9, "s", "< 1 s") == "8 ns");
    CHECK(figure_text_beside(0.8, "1", ">= 0.2") == "0.8");
    CHECK(figure_text_beside(8e-6, "s", "ms") == "0.008 ms");
    CHECK(figure_text_beside(8e-6, "s", "") == "8 \u00b5s");
    CHECK(figure_text_beside(4096, "By", "< 10 ms") == "4 KiB");
}

TEST_CASE("whole counts are shown to the last one, and bytes where they are exact") {
    CHECK(figure_text(100'200, "{instruction}") == "100200 instruction");
    CHECK(figure_text(100'201, "1") == "100201");
    CHECK(figure_text(-0.0, "{hit}") == "0 hit");
    CHECK(figure_text(100'260.5, "{instruction}") == "100300 instruction");
    CHECK(figure_text(1e18, "1") == "1e+18");
    CHECK(figure_text(67'108'865, "By") == "64 MiB");
    CHECK(exact_figure_text(67'108'865, "By") == "67108865 B");
    CHECK(exact_figure_text(0.5, "By") == "0.5 B");
    CHECK(exact_figure_text(1.5e-6, "s") == "1.5 \u00b5s");
}

TEST_CASE("shares need their sign") {
    CHECK(*share_from("25%") == doctest::Approx(0.25));
    CHECK(*share_from("0.5 %") == doctest::Approx(0.005));
    CHECK_FALSE(share_from("25"));
    CHECK_FALSE(share_from("-5%"));
    CHECK_FALSE(share_from("25 ms"));
}

TEST_CASE("a number that no figure can be is refused, not read in part") {
    for (const char* text : {"1e400 s", "-1e999", "1e-400 s", "1e308 h"}) {
        CAPTURE(text);
        const auto amount = amount_from(text);
        REQUIRE_FALSE(amount);
        CHECK(amount.error().message.find("not finite") != std::string::npos);
    }
    CHECK(*amount_from("1e3 s") == Amount{1000, "s"});
    CHECK(*amount_from("2 each") == Amount{2, "each"});
}

TEST_CASE("numbers are told as people write them") {
    CHECK(number_text(1000) == "1000");
    CHECK(number_text(100'000) == "100000");
    CHECK(number_text(0.0008) == "0.0008");
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(0) == "0");
    CHECK(number_text(1e300) == "1e+300");
    CHECK(rounded_text(12'345.678) == "12350");
    CHECK(rounded_text(1000, 3) == "1000");
    CHECK(rounded_text(33.33333) == "33.33");
    CHECK(figure_text(54'321.9, "s") == "54320 s");
}

TEST_CASE("an amount in a unit that the metric has not is quoted as it was written") {
    const auto wrong = in_unit(*amount_from("0.8 ms"), "By");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.starts_with("'0.8 ms' is no figure of a metric in 'By'"));
    CHECK(in_unit(*amount_from("1000%"), "s").error().message.starts_with("'1000%'"));
}

} // namespace amount_test
