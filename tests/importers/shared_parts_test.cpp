// What importers share besides JSON: units, lines, numbers, dates, folders.
#include "import_formats/instants.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/tar_image.hpp"
#include "import_formats/text_lines.hpp"
#include "import_formats/units.hpp"
#include "import_formats/utf8.hpp"

#include <assay/importer.hpp>

#include <doctest/doctest.h>

using namespace assay::import_formats;

TEST_CASE("units come with a factor and the way that is better") {
    struct Row {
        const char* written;
        const char* unit;
        double one;
        assay::direction better;
    };

    const std::vector<Row> rows{
        {"ns/op", "s", 1e-9, assay::lower},
        {"us", "s", 1e-6, assay::lower},
        {"\u00B5s", "s", 1e-6, assay::lower},
        {"\u03BCs", "s", 1e-6, assay::lower},
        {"ns/iter", "s", 1e-9, assay::lower},
        {"MB/s", "By/s", 1e6, assay::higher},
        {"KiB", "By", 1024, assay::lower},
        {"B/op", "By", 1, assay::lower},
        {"allocs/op", "{allocs}", 1, assay::lower},
        {"ops/us", "1/s", 1e6, assay::higher},
        {"ops/sec", "1/s", 1, assay::higher},
        {"iterations per second", "1/s", 1, assay::higher},
        {"frames/s", "{frames}/s", 1, assay::higher},
        {"ns/GC", "s/{GC}", 1e-9, assay::lower},
        {"%", "%", 1, assay::no_direction},
        {"", "1", 1, assay::no_direction},
        {"text-bytes", "{text-bytes}", 1, assay::no_direction},
        {"a/b/c", "{a/b/c}", 1, assay::no_direction},
    };
    for (const Row& row : rows) {
        CAPTURE(row.written);
        const ToolUnit unit = unit_of(row.written);
        CHECK(unit.unit == row.unit);
        CHECK(unit.to_base(1) == doctest::Approx(row.one));
        CHECK(unit.better == row.better);
    }
}

TEST_CASE("a name becomes a key") {
    CHECK(key_of("Max Bytes") == "max_bytes");
    CHECK(key_of("p99.9") == "p99.9");
    CHECK(key_of("·gc.alloc") == "gc.alloc");
    CHECK(key_of("--") == "value");
}

TEST_CASE("lines lose their colours and keep their place") {
    const std::string text = "\x1B[32mok\x1B[0m\r\n\r\n\x1B]0;title\x07last";
    TextLines lines(text);
    const auto first = lines.next();
    REQUIRE(first);
    CHECK(first->text == "ok");
    CHECK(first->ended);
    CHECK(lines.next()->text == "");
    const auto last = lines.next();
    REQUIRE(last);
    CHECK(last->text == "last");
    CHECK(last->number == 3);
    CHECK_FALSE(last->ended);
    CHECK_FALSE(lines.next());
    CHECK(words_of(" a\t b ") == std::vector<std::string_view>{"a", "b"});
    CHECK(looks_like_text("caf\xC3"));
    CHECK_FALSE(looks_like_text(std::string_view("a\0b", 3)));
    const std::string endless(2 << 20, 'x');
    TextLines one(endless);
    CHECK_THROWS_AS(one.next(), assay::damaged);
}

TEST_CASE("numbers are whole texts, with separators of thousands where that is meant") {
    CHECK(read_number("-1.5e3") == -1500);
    CHECK_FALSE(read_number("12 "));
    CHECK_FALSE(read_number("nan"));
    CHECK_FALSE(read_number(""));
    CHECK(read_grouped("1,431,759") == 1431759);
    CHECK(read_grouped("3,161.5") == 3161.5);
    CHECK(read_grouped("12345") == 12345);
    CHECK_FALSE(read_grouped("1,43,759"));
    CHECK_FALSE(read_grouped("1,5"));
}

TEST_CASE("dates are instants, and what is none is nothing") {
    constexpr std::int64_t kSecond = 1'000'000'000;
    CHECK(read_instant("1970-01-01T00:00:01Z") == kSecond);
    CHECK(read_instant("2016-08-02 17:44:46") == 1470159886 * kSecond);
    CHECK(read_instant("2019-11-16T12:10:30+09:00") == 1573873830 * kSecond);
    CHECK(read_instant("2015-08-15T00:01:46.250433+00:00") == 1439596906250433000);
    for (const char* const bad :
         {"", "2016", "2016-13-01T00:00:00Z", "2016-02-30 00:00:00", "now"}) {
        CAPTURE(bad);
        CHECK_FALSE(read_instant(bad));
    }
    CHECK(instant_from_milliseconds(1574927128603) == 1574927128603 * 1'000'000);
    CHECK_FALSE(instant_from_milliseconds(-1));
}

TEST_CASE("text is UTF-8 or it is not") {
    CHECK(is_utf8("a\u00e9\u20ac\U0001F600"));
    for (const char* const bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("what is no image of a folder is refused") {
    CHECK_THROWS_AS(static_cast<void>(read_tar(std::string(600, 'x'))), assay::damaged);
    CHECK(read_tar(std::string(1024, '\0')).empty());
    CHECK(read_tar_head("short").empty());
}
