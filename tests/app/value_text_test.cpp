#include "app/command_words.hpp"
#include "app/value_text.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using std::chrono::milliseconds;

TEST_CASE("times are read with and without a unit") {
    CHECK(duration_from("90") == milliseconds(90'000));
    CHECK(duration_from("90s") == milliseconds(90'000));
    CHECK(duration_from("1500ms") == milliseconds(1'500));
    CHECK(duration_from("0.5") == milliseconds(500));
    CHECK(duration_from("2m") == milliseconds(120'000));
    CHECK(duration_from("1h") == milliseconds(3'600'000));
}

TEST_CASE("what is no time is refused") {
    for (const char* const text :
         {"", "s", "-1", "0", "0.1ms", "1d", "1 s", "1e3", "..", "1.2.3", "9999999h", "nan"}) {
        CAPTURE(text);
        CHECK_FALSE(duration_from(text));
    }
}

TEST_CASE("shards are counted from one") {
    REQUIRE(shard_from("2/8"));
    CHECK(shard_from("2/8")->index == 2);
    CHECK(shard_from("2/8")->count == 8);
    for (const char* const text : {"", "/", "1", "0/1", "2/1", "1/", "/1", "a/b", "1/9999999"}) {
        CAPTURE(text);
        CHECK_FALSE(shard_from(text));
    }
}

TEST_CASE("counts are decimal, whole and fit a document") {
    CHECK(count_from("0") == 0U);
    CHECK(count_from("9223372036854775807") == 9223372036854775807U);
    for (const char* const text : {"", "-1", "+1", "1.0", "0x10", "9223372036854775808", "1 "}) {
        CAPTURE(text);
        CHECK_FALSE(count_from(text));
    }
}

TEST_CASE("a command's words are split as a shell would") {
    using Words = std::vector<std::string>;
    CHECK(*command_words("gdb --args") == Words{"gdb", "--args"});
    CHECK(*command_words("  perf record -o 'my file' ") ==
          Words{"perf", "record", "-o", "my file"});
    CHECK(*command_words(R"(a"b c"d \"e '' "\$")") == Words{"ab cd", "\"e", "", "$"});
    CHECK(*command_words("") == Words{});
    const auto open = command_words("gdb 'x");
    REQUIRE_FALSE(open);
    CHECK(open.error().kind == ErrorKind::usage);
}
