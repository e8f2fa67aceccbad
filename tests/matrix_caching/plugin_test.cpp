#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

using namespace matrix_caching_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

// Small enough for an unoptimised build: 4 states, entries of about 450 bytes.
Parameters small(std::string path, std::string stream = "zipf0.8_64KiB", std::int64_t depth = 3) {
    return {{"states", std::int64_t{4}},
            {"depth", depth},
            {"stream", std::move(stream)},
            {"path", std::move(path)}};
}

double total(const Metrics& metrics, const std::string& key) {
    double sum = 0;
    for (const double value : metrics.at(key)) {
        sum += value;
    }
    return sum;
}

std::string text_of(assay_str text) {
    return {text.data, text.len};
}

const assay_axis& axis(const std::string& name) {
    const assay_case_def& family = session().family();
    for (std::uint32_t i = 0; i < family.n_axes; ++i) {
        if (text_of(family.axes[i]->name) == name) {
            return *family.axes[i];
        }
    }
    throw std::runtime_error("no axis " + name);
}

const char* const kPaths[] = {"full",
                              "cold_lru_16KiB",
                              "steady_lru_16KiB",
                              "steady_lfu_16KiB",
                              "steady_fifo_16KiB",
                              "steady_none_16KiB",
                              "steady_lru_0",
                              "steady_lru_unlimited",
                              "warm_lru_1MiB"};

std::size_t cases_of(std::uint64_t assay_axis::*mask) {
    std::size_t cases = 1;
    for (std::uint32_t i = 0; i < session().family().n_axes; ++i) {
        const assay_axis& each = *session().family().axes[i];
        std::size_t values = 0;
        for (std::uint32_t v = 0; v < each.n_values; ++v) {
            values += each.*mask == 0 || (each.*mask >> v & 1) != 0 ? 1 : 0;
        }
        cases *= values;
    }
    return cases;
}

} // namespace

TEST_CASE("the plugin provides the suite with one family that varies over path against full") {
    CHECK(text_of(session().plugin().id) == "org.assay.matrix_caching");
    REQUIRE(session().plugin().n_provided == 1);
    CHECK(text_of(session().plugin().provided[0].name) == "matrix_caching");
    CHECK(text_of(session().family().name) == "transition");
    const assay_axis& path = axis("path");
    CHECK((path.flags & ASSAY_AXIS_VARIANT) != 0);
    CHECK(text_of(path.values[path.reference].u.str) == "full");
}

TEST_CASE("quick is at most 12 cases and standard at most 100") {
    CHECK(cases_of(&assay_axis::quick_mask) <= 12);
    CHECK(cases_of(&assay_axis::standard_mask) >= 60);
    CHECK(cases_of(&assay_axis::standard_mask) <= 100);
}

TEST_CASE("every declared path opens and so does every stream but the largest") {
    const assay_axis &streams = axis("stream"), &paths = axis("path");
    for (std::uint32_t p = 0; p < paths.n_values; ++p) {
        // The first stream with every path, and below every stream with the first path: all names.
        auto opened = session().open(
            small(text_of(paths.values[p].u.str), text_of(streams.values[0].u.str), 1));
        CAPTURE(opened->text());
        CHECK(opened->status() == ASSAY_OK);
    }
    for (std::uint32_t s = 0; s + 1 < streams.n_values; ++s) { // the last one is 64 MiB
        auto opened = session().open(small("full", text_of(streams.values[s].u.str), 1));
        CHECK(opened->status() == ASSAY_OK);
    }
}

TEST_CASE("every path passes its verification and counts what it compared") {
    for (const char* path : kPaths) {
        CAPTURE(path);
        for (const char* stream : {"uniform_64KiB", "scan_64KiB"}) {
            auto opened = session().open(small(path, stream));
            REQUIRE(opened->status() == ASSAY_OK);
            CHECK(opened->verify() == ASSAY_OK);
            CHECK(total(opened->metrics(), "values_verified") >= 64 * 2 * 16);
        }
    }
}

TEST_CASE("all paths have the same checksum for the same seed, lane and iterations") {
    std::set<std::uint64_t> checksums;
    for (const char* path : kPaths) {
        auto opened = session().open(small(path));
        REQUIRE(opened->status() == ASSAY_OK);
        (void)opened->batch({.iterations = 70, .seed = 5}); // another state of the cache
        checksums.insert(opened->batch({.iterations = 50, .seed = 9}).checksum);
        checksums.insert(opened->batch({.iterations = 50, .seed = 9, .warmup = true}).checksum);
    }
    CHECK(checksums.size() == 1);
    CHECK(*checksums.begin() != 0);
    auto opened = session().open(small("full"));
    checksums.insert(opened->batch({.iterations = 50, .seed = 10}).checksum);
    checksums.insert(opened->batch({.iterations = 51, .seed = 9}).checksum);
    checksums.insert(
        session().open(small("full"), 2)->batch({.iterations = 50, .seed = 9}).checksum);
    CHECK(checksums.size() == 4);
}

TEST_CASE("hits and misses add up to lookups and done and skipped to the total") {
    for (const char* path : kPaths) {
        CAPTURE(path);
        auto opened = session().open(small(path));
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            const BatchResult result = opened->batch({.iterations = 40, .seed = seed});
            REQUIRE(result.status == ASSAY_OK);
            CHECK(result.done == 40);
            const Metrics& m = result.metrics;
            CHECK(total(m, "ops_done") + total(m, "ops_skipped") == total(m, "ops_total"));
            CHECK(total(m, "ops_total") == 40 * (2 * 64 + 2 * 16));
            CHECK(total(m, "contractions_done") + total(m, "contractions_skipped") == 40 * 3);
            if (m.contains("lookups")) {
                CHECK(total(m, "lookups") == 40);
                CHECK(total(m, "hits") + total(m, "misses") == 40);
            }
        }
    }
}

TEST_CASE("without a cache, or with one of no bytes, nothing is said about hits") {
    for (const char* path : {"full", "steady_lru_0"}) {
        auto opened = session().open(small(path));
        const BatchResult result = opened->batch({.iterations = 40});
        CHECK_FALSE(result.metrics.contains("hits"));
        CHECK_FALSE(result.metrics.contains("lookups"));
        CHECK_FALSE(result.metrics.contains("speedup_bound"));
        CHECK(total(result.metrics, "ops_skipped") == 0);
    }
}

TEST_CASE("a cold cache is empty at the start of every batch") {
    auto opened = session().open(small("cold_lru_1MiB", "scan_64KiB", 1));
    for (int batch = 0; batch < 3; ++batch) {
        const BatchResult result = opened->batch({.iterations = 20, .seed = 4});
        CHECK(total(result.metrics, "hits") == 0);
        CHECK(total(result.metrics, "misses") == 20);
    }
}

TEST_CASE("a warm cache hits every time and one that cannot hold the set is skipped") {
    auto opened = session().open(small("warm_lfu_1MiB"));
    const BatchResult result = opened->batch({.iterations = 300});
    CHECK(total(result.metrics, "hits") == 300);
    CHECK(total(result.metrics, "evictions") == 0);
    CHECK(total(result.metrics, "ops_done") == 0);
    CHECK(result.metrics.at("speedup_bound").back() > 1);
    auto too_small = session().open(small("warm_lru_16KiB"));
    CHECK(too_small->status() == ASSAY_SKIP);
    CHECK(too_small->text().starts_with("a warm cache needs a working set that fits: "));
}

TEST_CASE("a scan larger than an lru cache never hits, whatever batch it is cut into") {
    auto opened = session().open(small("steady_lru_16KiB", "scan_64KiB"));
    double evictions = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const BatchResult result = opened->batch({.iterations = 15, .seed = seed});
        CHECK(total(result.metrics, "hits") == 0);
        CHECK(total(result.metrics, "prefix_hits") > 0); // neighbours in the tree share prefixes
        evictions += total(result.metrics, "evictions");
    }
    CHECK(evictions > 0);
}

TEST_CASE("a steady cache stays below its limit and evicts") {
    for (const char* path : {"steady_lru_16KiB", "steady_lfu_16KiB", "steady_fifo_16KiB"}) {
        CAPTURE(path);
        auto opened = session().open(small(path, "uniform_64KiB"));
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            (void)opened->batch({.iterations = 100, .seed = seed});
        }
        const Metrics& m = opened->metrics();
        CHECK(*std::ranges::max_element(m.at("bytes_used")) <= 16384);
        CHECK(m.at("memory_overhead").back() <= 16384 + 512); // the cache object itself
        CHECK(total(m, "evictions") > 0);
        CHECK(total(m, "hits") > 0);
        CHECK(m.at("distinct_keys").back() <= 500);
        CHECK(std::ranges::is_sorted(m.at("distinct_keys")));
    }
}

TEST_CASE("warm-up batches report nothing") {
    auto opened = session().open(small("steady_lru_16KiB"));
    CHECK(opened->batch({.iterations = 40, .warmup = true}).metrics.empty());
}

TEST_CASE("a cancelled batch tells what it did and its counts still add up") {
    auto opened = session().open(small("steady_lru_16KiB"));
    const BatchResult result = opened->batch({.iterations = 40, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(total(result.metrics, "ops_total") == 0);
}

TEST_CASE("a batch of no iterations is done") {
    auto opened = session().open(small("steady_lru_16KiB"));
    const BatchResult result = opened->batch({.iterations = 0});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.checksum != 0);
}

TEST_CASE("values that are not of an axis' form are refused with the form") {
    auto path = session().open(small("steady_arc_1MiB"));
    CHECK(path->status() == ASSAY_E_CONFIG);
    CHECK(path->text().starts_with("path=steady_arc_1MiB: expected 'full' or "));
    auto stream = session().open(small("full", "zipf9_1MiB"));
    CHECK(stream->status() == ASSAY_E_CONFIG);
    CHECK(stream->text().starts_with("stream=zipf9_1MiB: expected "));
    auto depth = session().open(small("full", "uniform_64KiB", 9));
    CHECK(depth->status() == ASSAY_E_CONFIG);
    CHECK(depth->text() == "depth=9: expected 1 to 8");
    Parameters states = small("full");
    states["states"] = std::int64_t{0};
    CHECK(session().open(states)->text() == "states=0: expected 1 to 512");
}

TEST_CASE("a model larger than a launch should hold is skipped with its size") {
    auto opened = session().open(small("full", "uniform_1GiB", 1));
    CHECK(opened->status() == ASSAY_SKIP);
    CHECK(opened->text().find("needs a model of ") != std::string::npos);
}
