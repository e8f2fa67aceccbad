#include "support/json.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace assay;

TEST_CASE("a document of a million random doubles comes back bit for bit") {
    std::mt19937_64 random(20261120);
    json::array numbers;
    for (int i = 0; i < 1'000'000; ++i) {
        double value = std::bit_cast<double>(random());
        if (!std::isfinite(value)) {
            value = static_cast<double>(i) / 3.0;
        }
        numbers.emplace_back(value);
    }
    const auto again = parse_json(write_json(numbers));
    REQUIRE(again.ok());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        // The shortest form of an integral double may read back as an integer: same value, other
        // kind.
        wrong += again->as_array()[i].to_number<double>() != numbers[i].get_double() ? 1 : 0;
    }
    CHECK(wrong == 0);
}

TEST_CASE("numbers that are not finite become null") {
    const json::array values{std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity()};
    CHECK(write_json(values) == "[null,null,null]");
    CHECK(json_number(std::nan("")).is_null());
}

TEST_CASE("doubles are written for people: no exponent where none is needed") {
    CHECK(write_json(json::array{0.1, 2.5, 100.0, 1e-9, 1e300}) == "[0.1,2.5,100,1e-09,1e+300]");
}

TEST_CASE("a duplicate key is refused with its name and place") {
    const auto document = parse_json("{\"a\": 1,\n \"b\": 2, \"a\": 3}");
    REQUIRE_FALSE(document.ok());
    CHECK(document.error().message.find("'a' appears twice") != std::string::npos);
    CHECK(document.error().message.find("line 2") != std::string::npos);
    CHECK(parse_json("{\"a\":1,\"a\":3}", {.duplicate_keys = DuplicateKeys::last_wins}).ok());
    CHECK(parse_json("[{\"a\":1},{\"a\":3}]").ok());
}

TEST_CASE("nesting is limited and the error says so") {
    const auto deep = parse_json(std::string(33, '[') + std::string(33, ']'));
    REQUIRE_FALSE(deep.ok());
    CHECK(deep.error().message.find("deeper than 32") != std::string::npos);
    CHECK(parse_json(std::string(32, '[') + std::string(32, ']')).ok());
}

TEST_CASE("text after the document is an error, white space is not") {
    CHECK_FALSE(parse_json("{} x").ok());
    CHECK(parse_json("{} \n").ok());
    CHECK_FALSE(parse_json("").ok());
    CHECK_FALSE(parse_json("{\"a\":").ok());
}

TEST_CASE("canonical text sorts keys by byte and has no white space") {
    const auto document = parse_json(R"({"b": {"z": 1, "y": [1, 2]}, "a": "x"})");
    REQUIRE(document.ok());
    CHECK(canonical_json(*document) == R"({"a":"x","b":{"y":[1,2],"z":1}})");
}

TEST_CASE("strings survive with quotes, control characters and unicode") {
    const std::string text = "\"\\\n\r\t\x01 \xc3\xa4";
    const auto again = parse_json(write_json(json::value(text)));
    REQUIRE(again.ok());
    CHECK(again->as_string() == text);
}

TEST_CASE("counts beyond int64 saturate instead of becoming a kind that schemas refuse") {
    CHECK(json_count(~std::uint64_t{0}).is_int64());
    CHECK(json_count(7).get_int64() == 7);
}

TEST_CASE("a text that says nothing, or is not UTF-8, is null") {
    CHECK(json_text("x\u00e9") == "x\u00e9");
    CHECK(json_text("").is_null());
    CHECK(json_text("\xff").is_null());
}

TEST_CASE("what is not UTF-8 is written with a replacement character in values and keys") {
    const json::object document{{"caf\xE9", json::array{"\xFF\xFE", "\xC3\xA9"}}};
    const std::string text = write_json(document);
    CHECK(text == "{\"caf\xEF\xBF\xBD\":[\"\xEF\xBF\xBD\xEF\xBF\xBD\",\"\xC3\xA9\"]}");
    CHECK(parse_json(text).ok());
    CHECK(parse_json(canonical_json(document)).ok());
}
