#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <string>

namespace efe_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::unique_ptr<OpenCase> open(const std::string& table, const std::string& cache) {
    return session().open("efe", {{"table", table}, {"cache", cache}});
}

std::string refusal(const std::string& table, const std::string& cache, assay_status expected) {
    const auto opened = open(table, cache);
    CHECK(opened->status() == expected);
    return opened->text();
}

} // namespace

TEST_CASE("tables of every form pass their verification with the cache on and off") {
    for (const char* table :
         {"10x10_u4x1_h1", "4x3_u2x2_h2", "3x3x2_u2x1x2_h2", "ring3x3_u2x1x1_h1", "5_u3_h3"}) {
        for (const char* cache : {"off", "on"}) {
            CAPTURE(table);
            CAPTURE(cache);
            const auto opened = open(table, cache);
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            CHECK(opened->metrics().at("values_verified").back() >= 8);
        }
    }
}

TEST_CASE(
    "twins give the same bits and the work of one is the work of the other, less what it skips") {
    const auto off = open("6x4_u3x2_h2", "off");
    const auto on = open("6x4_u3x2_h2", "on");
    const BatchResult full = off->batch({.iterations = 5});
    const BatchResult kept = on->batch({.iterations = 5});
    REQUIRE(full.status == ASSAY_OK);
    REQUIRE(kept.status == ASSAY_OK);
    CHECK(full.checksum != 0);
    CHECK(full.checksum == kept.checksum);
    CHECK(full.items == 5 * 36);
    CHECK(full.metrics.at("policies_rate").back() == 5 * 36);
    CHECK(full.metrics.at("ops_skipped").back() == 0);
    CHECK(full.metrics.at("ops_total").back() == kept.metrics.at("ops_total").back());
    CHECK(kept.metrics.at("ops_done").back() + kept.metrics.at("ops_skipped").back() ==
          kept.metrics.at("ops_total").back());
    CHECK(kept.metrics.at("logarithms").back() < full.metrics.at("logarithms").back());
    // 36 policies of 2 steps, 2 contractions of B and 2 of A each; with the cache 6 first steps.
    CHECK(full.metrics.at("contractions").back() == 36 * 2 * 4);
    CHECK(kept.metrics.at("contractions").back() == (6 + 36) * 4);
}

TEST_CASE("an evaluation allocates nothing and a batch repeats bit for bit") {
    for (const char* cache : {"off", "on"}) {
        const auto opened = open("6x4_u3x2_h2", cache);
        const BatchResult first = opened->batch({.iterations = 7});
        const BatchResult second = opened->batch({.iterations = 7});
        CHECK(second.allocations == 0);
        CHECK(first.checksum == second.checksum);
        CHECK(opened->batch({.iterations = 8}).checksum != first.checksum);
    }
}

TEST_CASE("another seed is another table") {
    const auto one = session().open("efe", {{"table", "4x3_u2x2_h1"}}, 1);
    const auto two = session().open("efe", {{"table", "4x3_u2x2_h1"}}, 2);
    CHECK(one->batch({.iterations = 2}).checksum != two->batch({.iterations = 2}).checksum);
}

TEST_CASE("a cancelled batch tells that it did nothing, a warm-up reports nothing") {
    const auto opened = open("4x3_u2x2_h2", "on");
    const BatchResult cancelled = opened->batch({.iterations = 9, .cancelled = true});
    CHECK(cancelled.done == 0);
    CHECK(cancelled.metrics.empty());
    CHECK(opened->batch({.iterations = 3, .warmup = true}).metrics.empty());
}

TEST_CASE(
    "wrong words, too many policies and too large tables are refused with what was expected") {
    CHECK(refusal("10x10", "off", ASSAY_E_CONFIG).find("as in 10x10_u4x1_h3") != std::string::npos);
    CHECK(refusal("4x3_u2x2_h1", "maybe", ASSAY_E_CONFIG).find("cache=maybe") != std::string::npos);
    const std::string many = refusal("4x4_u4x4_h6", "off", ASSAY_E_CONFIG);
    CHECK(many.find("16777216") != std::string::npos);
    CHECK(refusal("4000x4000_u2x2_h1", "off", ASSAY_SKIP).find("bytes") != std::string::npos);
}

} // namespace efe_test
