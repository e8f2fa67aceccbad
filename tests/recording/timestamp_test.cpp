#include "history/run_uuid.hpp"
#include "history/timestamp.hpp"

#include <doctest/doctest.h>

using namespace assay::history;

TEST_CASE("a time is read with its fraction and its zone") {
    constexpr std::int64_t kNoon = 1'795'262'400;
    const auto at = [](std::string_view text) { return parse_timestamp(text)->unix_ns; };
    CHECK(at("2026-11-21T12:00:00Z") == kNoon * 1'000'000'000);
    CHECK(at("2026-11-21 12:00:00.25z") == kNoon * 1'000'000'000 + 250'000'000);
    CHECK(at("2026-11-21T13:30:00+01:30") == kNoon * 1'000'000'000);
    CHECK(at("2026-11-21T04:00:00-0800") == kNoon * 1'000'000'000);
    CHECK(at("2024-02-29T00:00:00.1234567891Z") % 1'000'000'000 == 123'456'789);
    CHECK(at("1970-01-01T00:00:00Z") == 0);
}

TEST_CASE("a time without a zone counts as UTC and says so") {
    const auto local = parse_timestamp("2026-11-21T12:00:00.000001");
    REQUIRE(local.has_value());
    CHECK(local->zone_assumed);
    CHECK(local->unix_ns == 1'795'262'400'000'001'000);
    CHECK_FALSE(parse_timestamp("2026-11-21T12:00:00Z")->zone_assumed);
}

TEST_CASE("what is no time is none") {
    for (const char* text : {"",
                             "yesterday",
                             "2026-11-21",
                             "2026-02-29T12:00:00Z",
                             "2026-13-01T12:00:00Z",
                             "2026-11-21T24:00:00Z",
                             "2026-11-21T12:60:00Z",
                             "2026-11-21T12:00:00.Z",
                             "2026-11-21T12:00:00Z and more",
                             "2026-11-21T12:00:00+1",
                             "1969-12-31T23:59:59Z",
                             "2300-01-01T00:00:00Z"}) {
        CHECK_MESSAGE(!parse_timestamp(text).has_value(), text);
    }
}

TEST_CASE("a time is written with the digits it needs and read back the same") {
    CHECK(timestamp_text(0) == "1970-01-01T00:00:00.000Z");
    for (const std::int64_t time : {1'795'262'400'000'000'000LL, 1'795'262'400'123'456'789LL}) {
        CHECK(parse_timestamp(timestamp_text(time))->unix_ns == time);
    }
    CHECK(timestamp_text(1'795'262'400'120'000'000) == "2026-11-21T12:00:00.120Z");
}

TEST_CASE("seconds since 1970 that are milliseconds by mistake are refused") {
    CHECK(from_unix_seconds(1.5) == 1'500'000'000);
    CHECK(from_unix_seconds(1'795'262'400.0) == 1'795'262'400'000'000'000);
    CHECK_FALSE(from_unix_seconds(1'795'262'400'000.0).has_value());
    CHECK_FALSE(from_unix_seconds(-1).has_value());
    CHECK_FALSE(from_unix_seconds(0.0 / 0.0).has_value());
}

TEST_CASE("a run's name is a UUID of version 7 that begins with its time") {
    const std::string name = run_uuid(1'795'262'400'000'000'000, "ffffffffffffffffffff");
    CHECK(name == "01a1fdfa-4600-7fff-bfff-ffffffffffff");
    CHECK(is_uuid(name));
    CHECK(name == run_uuid(1'795'262'400'000'999'999, "ffffffffffffffffffff"));
    CHECK(run_uuid(1'795'262'400'001'000'000, "0") > name);
    CHECK_FALSE(is_uuid("01a1fdfa-4600-7fff-bfff-fffffffffff"));
    CHECK_FALSE(is_uuid("01a1fdfa-4600-7fff-bfff-fffffffffffg"));
    CHECK_FALSE(is_uuid("../../../../../../../../../etc/passw"));
}
