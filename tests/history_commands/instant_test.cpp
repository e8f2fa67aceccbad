#include "app/history/instant.hpp"
#include "tracking/document_values.hpp"

#include <doctest/doctest.h>

namespace instant_test {

using namespace assay::app;

namespace {

constexpr std::int64_t kNow = 1'763'748'185 * kNanosecondsPerSecond; // 2025-11-21T18:03:05Z

} // namespace

TEST_CASE("a date is its midnight UTC and a time is what it says") {
    CHECK(date_text(*instant_from("2025-11-21", kNow)) == "2025-11-21 00:00:00");
    CHECK(*instant_from("2025-11-21T18:03:05Z", kNow) == kNow);
    CHECK(*instant_from("2025-11-21T19:03:05+01:00", kNow) == kNow);
    CHECK(date_text(kNow) == "2025-11-21 18:03:05");
}

TEST_CASE("an age is counted back from now") {
    CHECK(*instant_from("1d", kNow) == kNow - kNanosecondsPerDay);
    CHECK(*instant_from("36h", kNow) == kNow - kNanosecondsPerDay * 3 / 2);
    CHECK(*instant_from("90m", kNow) == kNow - 5400 * kNanosecondsPerSecond);
    CHECK(*instant_from("2w", kNow) == kNow - 14 * kNanosecondsPerDay);
    CHECK(*instant_from("99999999999d", kNow) < kNow);
}

TEST_CASE("what is no point in time is refused with what would do") {
    for (const char* const text : {"", "yesterday", "2025-02-30", "2025-13-01", "d", "-3d", "3x"}) {
        CAPTURE(text);
        const auto instant = instant_from(text, kNow);
        REQUIRE_FALSE(instant.ok());
        CHECK(instant.error().kind == assay::ErrorKind::usage);
        CHECK(instant.error().hint.find("14d") != std::string::npos);
    }
}

TEST_CASE("a time to come is a date, so long from now, or now") {
    CHECK(*instant_ahead_from("now", kNow) == kNow);
    CHECK(*instant_ahead_from("36h", kNow) == kNow + kNanosecondsPerDay * 3 / 2);
    CHECK(*instant_ahead_from("2w", kNow) == kNow + 14 * kNanosecondsPerDay);
    CHECK(date_text(*instant_ahead_from("2025-12-01", kNow)) == "2025-12-01 00:00:00");
    CHECK(*instant_ahead_from("99999999999w", kNow) > kNow);
    for (const char* const text : {"", "2025-11-20", "tomorrow", "2025-02-30", "-3d"}) {
        CAPTURE(text);
        const auto instant = instant_ahead_from(text, kNow);
        REQUIRE_FALSE(instant.ok());
        CHECK(instant.error().kind == assay::ErrorKind::usage);
        CHECK(instant.error().hint.find("14d") != std::string::npos);
    }
}

TEST_CASE("an instant that is not known is null") {
    CHECK(assay::tracking::instant_value(std::nullopt).is_null());
    CHECK(assay::tracking::instant_value(kNow) == "2025-11-21T18:03:05.000Z");
}

} // namespace instant_test
