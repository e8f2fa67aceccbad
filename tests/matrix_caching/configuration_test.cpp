#include "byte_size.hpp"
#include "path_configuration.hpp"
#include "stream_configuration.hpp"

#include <doctest/doctest.h>

using namespace assay::matrix_caching;
using assay::active_inference::AccessPattern;
using assay::active_inference::Eviction;
using assay::active_inference::kUnlimitedBytes;

TEST_CASE("sizes are read with their unit and refused without") {
    CHECK(byte_size_from("0") == 0);
    CHECK(byte_size_from("64KiB") == 65536);
    CHECK(byte_size_from("16MiB") == 16u << 20);
    CHECK(byte_size_from("1GiB") == 1u << 30);
    CHECK(byte_size_from("unlimited") == kUnlimitedBytes);
    for (const char* bad : {"",
                            "64",
                            "KiB",
                            "0KiB",
                            "-1KiB",
                            "1.5MiB",
                            "1MB",
                            "1MiB ",
                            "99999999GiB",
                            "99999999999999999999KiB"}) {
        CAPTURE(bad);
        CHECK_FALSE(byte_size_from(bad).has_value());
    }
}

TEST_CASE("a path is full or a cache by phase, eviction and limit") {
    CHECK_FALSE(path_configuration_from("full")->cached);
    const auto path = path_configuration_from("warm_lfu_1MiB");
    REQUIRE(path.has_value());
    CHECK(path->cached);
    CHECK(path->phase == Phase::warm);
    CHECK(path->cache.eviction == Eviction::lfu);
    CHECK(path->cache.limit_bytes == 1u << 20);
    CHECK(path->has_cache());
    for (const char* bad : {"",
                            "Full",
                            "cached",
                            "steady",
                            "steady_lru",
                            "steady_lru_",
                            "lru_1MiB",
                            "hot_lru_1MiB",
                            "steady_arc_1MiB",
                            "steady_lru_1MiB_x"}) {
        CAPTURE(bad);
        CHECK_FALSE(path_configuration_from(bad).has_value());
    }
}

TEST_CASE("a cache of no bytes counts as a cache that is off") {
    CHECK(path_configuration_from("steady_lru_0")->cached);
    CHECK_FALSE(path_configuration_from("steady_lru_0")->has_cache());
    CHECK_FALSE(path_configuration_from("full")->has_cache());
}

TEST_CASE("a stream is a pattern and a working set") {
    const auto stream = stream_configuration_from("zipf0.8_4MiB");
    REQUIRE(stream.has_value());
    CHECK(stream->pattern.kind == AccessPattern::Kind::zipf);
    CHECK(stream->pattern.exponent == 0.8);
    CHECK(stream->working_set_bytes == 4u << 20);
    for (const char* bad :
         {"", "zipf0.8", "_4MiB", "uniform_0", "uniform_unlimited", "lru_4MiB", "uniform_4"}) {
        CAPTURE(bad);
        CHECK_FALSE(stream_configuration_from(bad).has_value());
    }
}
