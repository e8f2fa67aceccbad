#include "golden.hpp"

#include <doctest/doctest.h>

namespace console_golden_test {

using namespace canned;

TEST_CASE("the console draws a run as the style guide shows it") {
    check_golden("console/ordinary.txt", written_by("console", ordinary_run()));
}

TEST_CASE("the console has an ASCII twin of everything it draws") {
    const std::string text = written_by("console", ordinary_run(), "unicode=false");
    check_golden("console/ordinary_ascii.txt", text);
    for (const char c : text) {
        REQUIRE(static_cast<unsigned char>(c) < 0x80);
    }
}

TEST_CASE("the console colours names, intervals, speed-ups and failures only when asked") {
    check_golden("console/variants_color.txt", written_by("console", variants_run(), "color=true"));
    check_golden("console/every_status_color.txt",
                 written_by("console", every_status_run(), "color=true"));
    CHECK(written_by("console", variants_run()).find('\x1b') == std::string::npos);
}

TEST_CASE("the console names every status with its reason") {
    check_golden("console/every_status.txt", written_by("console", every_status_run()));
    check_golden("console/every_status_80.txt",
                 written_by("console", every_status_run(), "width=80"));
}

TEST_CASE("the console shows control characters instead of obeying them") {
    for (const char* unicode : {"true", "false"}) {
        const std::string text = written_by(
            "console", hostile_text_run(), std::string("verbose=true,unicode=") + unicode);
        check_golden(std::string("console/hostile_") +
                         (std::string(unicode) == "true" ? "utf8.txt" : "ascii.txt"),
                     text);
        for (const char c : text) {
            REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
            REQUIRE(c != '\x7f');
        }
    }
}

TEST_CASE("the console draws a dash for what was not measured and never 0") {
    check_golden("console/unknown_figures.txt", written_by("console", unknown_figures_run()));
}

TEST_CASE("the console scales every unit and aligns the decimal points") {
    check_golden("console/magnitudes.txt", written_by("console", magnitudes_run()));
}

TEST_CASE("the console calls a case worse when another of its gated figures is") {
    check_golden("console/comparison_metrics.txt",
                 written_by("console", comparison_with_metrics()));
}

TEST_CASE("the console lists a comparison with what matters most first") {
    const std::string text = written_by("console", comparison_run());
    check_golden("console/comparison.txt", text);
    check_golden("console/comparison_color.txt",
                 written_by("console", comparison_run(), "color=true"));
    CHECK(text.find("router/slower") < text.find("router/broken"));
    CHECK(text.find("router/undecided") < text.find("router/same"));
}

TEST_CASE("the console puts variants under their family with their speed-up") {
    check_golden("console/variants.txt", written_by("console", variants_run()));
    check_golden("console/variants_ascii.txt",
                 written_by("console", variants_run(), "unicode=false"));
}

TEST_CASE("a narrow console loses launches first and then the interval") {
    check_golden("console/width_79.txt", written_by("console", ordinary_run(), "width=79"));
    check_golden("console/width_44.txt", written_by("console", ordinary_run(), "width=44"));
    check_golden("console/width_30.txt", written_by("console", ordinary_run(), "width=30"));
    CHECK(written_by("console", ordinary_run(), "width=80").find("launches") != std::string::npos);
}

TEST_CASE("a quiet console says the summary and what failed") {
    check_golden("console/quiet.txt", written_by("console", every_status_run(), "quiet=true"));
}

TEST_CASE("a verbose console adds the figures the host took beside") {
    check_golden("console/verbose.txt", written_by("console", ordinary_run(), "verbose=true"));
}

TEST_CASE("the console says that nothing was measured") {
    check_golden("console/empty.txt", written_by("console", empty_run()));
}

TEST_CASE("the console says that a run was interrupted") {
    check_golden("console/interrupted.txt", written_by("console", interrupted_run()));
    check_golden("console/aborted.txt", written_by("console", aborted_run()));
}

} // namespace console_golden_test
