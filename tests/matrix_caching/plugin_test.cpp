#include "active_inference/number_text.hpp"
#include "allocation_count.hpp"
#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace plugin_test {

using assay::active_inference::number_text;
using namespace matrix_caching_test;
using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

std::string value_text(const assay_value& value) {
    if (value.type == ASSAY_T_STR) {
        return text_of(value.u.str);
    }
    return value.type == ASSAY_T_F64 ? number_text(value.u.f64) : std::to_string(value.u.i64);
}

constexpr const char* kFamilies[] = {"transition", "likelihood", "intermediate"};

} // namespace

TEST_CASE("the plugin provides the suite, whose families of requests vary over path against full") {
    CHECK(text_of(session().plugin().id) == "org.assay.matrix_caching");
    REQUIRE(session().plugin().n_provided == 1);
    CHECK(text_of(session().plugin().provided[0].name) == "matrix_caching");
    CHECK(session().family_names() == std::vector<std::string>{"transition",
                                                               "transition_order",
                                                               "transition_memory",
                                                               "transition_phase",
                                                               "likelihood",
                                                               "likelihood_memory",
                                                               "likelihood_phase",
                                                               "intermediate",
                                                               "intermediate_memory",
                                                               "intermediate_phase",
                                                               "comparison"});
    for (const char* name : kFamilies) {
        const assay_case_def& family = session().family(name);
        const assay_axis& path = *family.axes[family.n_axes - 1];
        CHECK(text_of(path.name) == "path");
        CHECK((path.flags & ASSAY_AXIS_VARIANT) != 0);
        CHECK(text_of(path.values[path.reference].u.str) == "full");
    }
}

TEST_CASE("quick is few cases and standard at most 150") {
    std::size_t quick = 0, standard = 0;
    for (const std::string& name : session().family_names()) {
        CAPTURE(name);
        const assay_case_def& family = session().family(name);
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 6);
        quick += cases_of(family, &assay_axis::quick_mask);
        standard += cases_of(family, &assay_axis::standard_mask);
    }
    CHECK(quick <= 35);
    CHECK(standard >= 100);
    CHECK(standard <= 150);
}

TEST_CASE("standard measures every access, working set, phase, limit and size of a cache") {
    std::map<std::string, std::set<std::string>> values;
    for (const std::string& name : session().family_names()) {
        const assay_case_def& family = session().family(name);
        for (std::uint32_t i = 0; i < family.n_axes; ++i) {
            const assay_axis& axis = *family.axes[i];
            for (std::uint32_t v = 0; v < axis.n_values; ++v) {
                const std::uint64_t mask = axis.mode == ASSAY_AXIS_ZIP
                                               ? family.axes[i - 1]->standard_mask
                                               : axis.standard_mask;
                if (mask == 0 || (mask >> v & 1) != 0) {
                    values[text_of(axis.name)].insert(value_text(axis.values[v]));
                }
            }
        }
    }
    using Texts = std::set<std::string>;
    CHECK(values.at("access") == Texts{"zipf0.8", "scan", "uniform", "zipf1.1"});
    CHECK(values.at("working_set") == Texts{"0.5", "1", "2", "4"});
    CHECK(values.at("phase") == Texts{"steady", "cold", "warm"});
    CHECK(values.at("limit") == Texts{"65536", "1048576", "16777216"});
    CHECK(values.at("eviction") == Texts{"lru", "lfu"});
    CHECK(values.at("depth") == Texts{"1", "2", "3", "4"});
}

TEST_CASE("every path passes its verification whatever the cache may do") {
    for (const auto& [family, path] : kCachedPaths) {
        for (const char* eviction : {"lru", "lfu", "fifo", "none"}) {
            for (const std::int64_t limit : {16384, 0, -1}) {
                CAPTURE(family);
                CAPTURE(eviction);
                CAPTURE(limit);
                auto opened = session().open(family,
                                             with(small(family, path),
                                                  {{"eviction", std::string(eviction)},
                                                   {"phase", limit < 0 ? "cold" : "steady"},
                                                   {"working_set", limit > 0 ? 4.0 : 0.05},
                                                   {"limit", limit}}));
                REQUIRE(opened->status() == ASSAY_OK);
                CHECK(opened->verify() == ASSAY_OK);
                CHECK(total(opened->metrics(), "values_verified") >= 100);
            }
        }
    }
    for (const char* family : kFamilies) {
        auto opened = session().open(family, small(family, "full"));
        CHECK(opened->verify() == ASSAY_OK);
    }
    auto kept = session().open("intermediate", small("intermediate", "kept"));
    CHECK(kept->verify() == ASSAY_OK);
}

TEST_CASE("all paths of a family have the same checksum for the same seed and iterations") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        std::set<std::uint64_t> all;
        for (const char* phase : {"cold", "steady"}) {
            std::set<std::uint64_t> checksums;
            for (const char* path : {"full", "cached", "slices", "kept"}) {
                for (const std::int64_t learn_every : {0, 7}) {
                    auto opened = session().open(family,
                                                 with(small(family, path),
                                                      {{"phase", std::string(phase)},
                                                       {"episode", std::int64_t{9}},
                                                       {"learn_every", learn_every}}));
                    if (opened->status() != ASSAY_OK) {
                        CHECK(opened->text().find("has no such path") != std::string::npos);
                        continue;
                    }
                    (void)opened->batch({.iterations = 30, .seed = 5}); // another state
                    checksums.insert(opened->batch({.iterations = 20, .seed = 9}).checksum);
                }
            }
            CHECK(checksums.size() == 1);
            CHECK(*checksums.begin() != 0);
            all.merge(checksums);
        }
        auto opened = session().open(family, small(family, "full"));
        all.insert(opened->batch({.iterations = 20, .seed = 10}).checksum);
        all.insert(opened->batch({.iterations = 21, .seed = 9}).checksum);
        CHECK(all.size() == 4);
    }
}

TEST_CASE("hits and misses add up to lookups and done and skipped to the total") {
    for (const auto& [family, path] : kCachedPaths) {
        CAPTURE(family);
        auto opened = session().open(family, small(family, path));
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            const BatchResult result = opened->batch({.iterations = 40, .seed = seed});
            REQUIRE(result.status == ASSAY_OK);
            CHECK(result.done == 40);
            const Metrics& m = result.metrics;
            for (const std::string of : {"contractions", "ops"}) {
                CHECK(total(m, of + "_done") + total(m, of + "_skipped") ==
                      doctest::Approx(total(m, of + "_total")));
            }
            CHECK(total(m, "ops_total") > 0);
            CHECK(total(m, "savings") ==
                  doctest::Approx(total(m, "ops_skipped") / total(m, "ops_total")));
            CHECK(total(m, "hits") + total(m, "misses") == total(m, "lookups"));
            CHECK(m.contains("logarithms_total") == (std::string(family) != "transition"));
            CHECK(m.at("speedup_bound").back() > 0);
        }
    }
}

TEST_CASE("figures of one request are the same however many a batch asks") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        auto opened = session().open(family, small(family, "full"));
        REQUIRE(opened->verify() == ASSAY_OK);
        const double keys = opened->metrics().at("distinct_keys").back();
        CHECK(keys > 1);
        const Metrics few = opened->batch({.iterations = 10}).metrics;
        const Metrics many = opened->batch({.iterations = 40}).metrics;
        for (const char* key : {"contractions_total", "ops_done", "ops_total"}) {
            CHECK(total(few, key) == doctest::Approx(total(many, key)));
        }
    }
    // Of a scan that does not fit: every request gives up what one takes.
    auto scan = session().open("transition",
                               with(small("transition", "cached"),
                                    {{"access", std::string("scan")}, {"depth", std::int64_t{1}}}));
    for (const std::uint64_t iterations : {10u, 40u}) {
        const Metrics m = scan->batch({.iterations = iterations, .seed = iterations}).metrics;
        CHECK(total(m, "evictions") == 1);
        CHECK(total(m, "misses") == static_cast<double>(iterations)); // a sum
    }
}

TEST_CASE("without a cache, or with one of no bytes, nothing is said about hits") {
    for (const auto& [family, path] : kCachedPaths) {
        for (const bool off : {false, true}) {
            auto opened = session().open(family,
                                         with(small(family, off ? path : "full"),
                                              {{"limit", std::int64_t{off ? 0 : 16384}},
                                               {"working_set", off ? 0.05 : 4.0}}));
            const BatchResult result = opened->batch({.iterations = 20});
            REQUIRE(result.status == ASSAY_OK);
            CHECK_FALSE(result.metrics.contains("hits"));
            CHECK_FALSE(result.metrics.contains("lookups"));
            CHECK_FALSE(result.metrics.contains("memory_overhead"));
            CHECK_FALSE(result.metrics.contains("speedup_bound"));
        }
    }
}

TEST_CASE("what is kept without lookups says what it takes and its bound, but no hit rate") {
    auto opened = session().open("intermediate", small("intermediate", "kept"));
    const BatchResult result = opened->batch({.iterations = 20});
    CHECK_FALSE(result.metrics.contains("lookups"));
    CHECK_FALSE(result.metrics.contains("hit_time"));
    CHECK(result.metrics.at("speedup_bound").back() > 1);
    CHECK(total(result.metrics, "logarithms_skipped") > 0);
}

TEST_CASE("a warm cache hits every time and one that cannot hold the set is skipped") {
    for (const auto& [family, path] : kCachedPaths) {
        CAPTURE(family);
        const Parameters warm = with(small(family, path), {{"phase", std::string("warm")}});
        auto opened = session().open(family, with(warm, {{"working_set", 0.5}}));
        REQUIRE(opened->status() == ASSAY_OK);
        const BatchResult result = opened->batch({.iterations = 100});
        CHECK(total(result.metrics, "hits") == total(result.metrics, "lookups"));
        CHECK(total(result.metrics, "evictions") == 0);
        CHECK(result.metrics.at("speedup_bound").back() > 1);
        if (std::string(path) == "cached") {
            auto too_small = session().open(family, warm);
            CHECK(too_small->status() == ASSAY_SKIP);
            CHECK(too_small->text().starts_with("a warm cache needs a working set that fits: "));
        }
    }
}

TEST_CASE("a scan larger than an lru cache never hits, whatever batch it is cut into") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        auto opened = session().open(
            family, with(small(family, "cached"), {{"access", std::string("scan")}}));
        double evictions = 0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const BatchResult result = opened->batch({.iterations = 5, .seed = seed});
            CHECK(total(result.metrics, "hits") == 0);
            evictions += total(result.metrics, "evictions");
        }
        CHECK(evictions > 0);
    }
}

TEST_CASE("a steady cache stays below its limit, and evicts") {
    for (const auto& [family, path] : kCachedPaths) {
        for (const char* eviction : {"lru", "lfu", "fifo"}) {
            CAPTURE(family);
            auto opened = session().open(family,
                                         with(small(family, path),
                                              {{"access", std::string("uniform")},
                                               {"working_set", 8.0},
                                               {"eviction", std::string(eviction)}}));
            for (std::uint64_t seed = 0; seed < 5; ++seed) {
                (void)opened->batch({.iterations = 100, .seed = seed});
            }
            const Metrics& m = opened->metrics();
            CHECK(*std::ranges::max_element(m.at("bytes_used")) <= 16384);
            CHECK(m.at("memory_overhead").back() <= 16384 + 512); // the cache object itself
            if (std::string(path) == "cached") {
                CHECK(total(m, "evictions") > 0);
                CHECK(total(m, "hits") > 0);
            }
        }
    }
}

TEST_CASE("warm-up batches report nothing") {
    auto opened = session().open("likelihood", small("likelihood", "cached"));
    CHECK(opened->batch({.iterations = 40, .warmup = true}).metrics.empty());
}

TEST_CASE("a cancelled batch tells what it did and its counts still add up") {
    for (const char* family : kFamilies) {
        auto opened = session().open(family, small(family, "cached"));
        const BatchResult result = opened->batch({.iterations = 40, .cancelled = true});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.done == 0);
        CHECK(result.metrics.empty());
    }
}

TEST_CASE("a batch of no iterations is done") {
    auto opened = session().open("transition", small("transition", "cached"));
    const BatchResult result = opened->batch({.iterations = 0});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.checksum != 0);
}

} // namespace plugin_test
