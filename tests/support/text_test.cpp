#include "support/text.hpp"

#include <doctest/doctest.h>

using namespace assay;

TEST_CASE("the nearest word is offered only when it is near") {
    const std::vector<std::string> commands{"run", "list", "check", "compare"};
    CHECK(nearest("rnu", commands) == "run");
    CHECK(nearest("rum", commands) == "run");
    CHECK(nearest("compaer", commands) == "compare");
    CHECK(nearest("xylophone", commands) == std::nullopt);
    CHECK(did_you_mean("lisst", commands) == " (did you mean 'list'?)");
}

TEST_CASE("percent encoding keeps only what a case id may hold") {
    CHECK(percent_encode("zipf0.8") == "zipf0.8");
    CHECK(percent_encode("a b,c=d]") == "a%20b%2Cc%3Dd%5D");
    CHECK(percent_encode("\xc3\xa4") == "%C3%A4");
}

TEST_CASE("numbers are read whole or not at all") {
    CHECK(to_int64("64") == 64);
    CHECK_FALSE(to_int64("64k").has_value());
    CHECK_FALSE(to_int64("").has_value());
    CHECK(to_double("0.5") == 0.5);
    CHECK_FALSE(to_double("0.5x").has_value());
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(64.0) == "64");
}

TEST_CASE("UTF-8 is checked down to overlong forms and surrogates") {
    CHECK(is_utf8("plain \xc3\xa4 \xf0\x9f\x98\x80"));
    CHECK_FALSE(is_utf8("\xc0\xaf"));
    CHECK_FALSE(is_utf8("\xed\xa0\x80"));
    CHECK_FALSE(is_utf8("\xe2\x82"));
    CHECK_FALSE(is_utf8("\xff"));
}

TEST_CASE("split and join are inverse") {
    const auto parts = split("a,b,,c", ',');
    CHECK(parts == std::vector<std::string>{"a", "b", "", "c"});
    CHECK(join(parts, ",") == "a,b,,c");
    CHECK(trim("  x \n") == "x");
    CHECK(trim(" \n") == "");
}
