#include "app/comparison/margin.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace assay;

TEST_CASE("a margin is a percentage with its sign") {
    CHECK(app::margin_from("1%").value() == doctest::Approx(0.01));
    CHECK(app::margin_from("0.25%").value() == doctest::Approx(0.0025));
    CHECK(app::margin_from("100%").value() == doctest::Approx(1.0));
}

TEST_CASE("a margin that could mean two things, or nothing, is refused with an example") {
    for (const std::string text :
         {"1", "0.01", "0%", "-1%", "101%", "%", "one%", "1%%", "", "nan%"}) {
        CAPTURE(text);
        const auto margin = app::margin_from(text);
        REQUIRE_FALSE(margin.ok());
        CHECK(margin.error().kind == ErrorKind::usage);
        CHECK(margin.error().message.find("'" + text + "'") != std::string::npos);
    }
}

TEST_CASE("an error level lies above 0 and not above one half") {
    CHECK(app::alpha_from("0.01").value() == doctest::Approx(0.01));
    for (const std::string text : {"0", "0.6", "-0.1", "5%", "x", "nan", ""}) {
        CAPTURE(text);
        CHECK_FALSE(app::alpha_from(text).ok());
    }
}
