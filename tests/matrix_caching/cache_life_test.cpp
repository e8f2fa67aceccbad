#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace cache_life_test {

using namespace matrix_caching_test;
using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

Parameters cold(const std::string& family, const char* path, std::int64_t episode) {
    return with(small(family, path), {{"phase", "cold"}, {"episode", episode}});
}

} // namespace

TEST_CASE("what a cold cache finds depends on the episode and not on the length of a batch") {
    for (const auto& [family, path] : kCachedPaths) {
        CAPTURE(family);
        CAPTURE(path);
        const Parameters parameters =
            with(cold(family, path, 60), {{"working_set", 0.5}, {"access", "scan"}});
        auto opened = session().open(family, parameters);
        const BatchResult one = opened->batch({.iterations = 1, .seed = 4});
        REQUIRE(one.status == ASSAY_OK);
        CHECK(total(one.metrics, "hits") > 0); // the scan comes round, all of it fits
        for (const std::uint64_t iterations : {2u, 7u}) {
            const BatchResult many = opened->batch({.iterations = iterations, .seed = 4});
            const double times = static_cast<double>(iterations);
            CHECK(many.done == iterations);
            CHECK(total(many.metrics, "lookups") == times * total(one.metrics, "lookups"));
            CHECK(total(many.metrics, "misses") >=
                  times * total(one.metrics, "misses") - 2 * times);
            CHECK(total(many.metrics, "misses") <=
                  times * total(one.metrics, "misses") + 2 * times);
        }
    }
}

TEST_CASE("every episode begins with an empty cache and no tables") {
    auto scan =
        session().open("transition", with(cold("transition", "cached", 20), {{"access", "scan"}}));
    const BatchResult result = scan->batch({.iterations = 3, .seed = 4});
    CHECK(total(result.metrics, "hits") == 0);
    CHECK(total(result.metrics, "misses") == 60);
    for (const char* path : {"kept", "cached"}) {
        auto opened = session().open("intermediate", cold("intermediate", path, 4));
        const BatchResult first = opened->batch({.iterations = 1});
        const BatchResult five = opened->batch({.iterations = 5});
        // H_m of 2 modalities: 6 joint states, 3 and 2 outcomes; again in every episode.
        CHECK(total(first.metrics, "logarithms_done") >= 30.0 / 4); // of each of 4 requests
        CHECK(total(five.metrics, "logarithms_done") >= 30.0 / 4);
    }
}

TEST_CASE("an episode that is cancelled is not done but its requests are accounted for") {
    auto opened = session().open("likelihood", cold("likelihood", "cached", 10));
    const BatchResult result = opened->batch({.iterations = 3, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
}

TEST_CASE("a steady case in which everything would come to lie is skipped as a warm one") {
    for (const char* path : {"full", "cached"}) {
        auto half =
            session().open("transition", with(small("transition", path), {{"working_set", 0.5}}));
        CHECK(half->status() == ASSAY_SKIP);
        CHECK(half->text() ==
              "phase=steady,working_set=0.5: all of it fits into the limit and is kept, which is "
              "phase=warm; give working_set=1 or more, or phase=warm or cold");
        auto unlimited = session().open(
            "transition", with(small("transition", path), {{"limit", std::int64_t{-1}}}));
        CHECK(unlimited->status() == ASSAY_SKIP);
        auto single = session().open("intermediate",
                                     with(small("intermediate", path),
                                          {{"limit", std::int64_t{1024}}, {"working_set", 1.0}}));
        CHECK(single->status() == ASSAY_SKIP);
        CHECK(single->text().starts_with("phase=steady: the working set is a single request of "));
    }
}

TEST_CASE("a steady cache misses and evicts, or the case is skipped") {
    for (const char* family : {"transition", "likelihood", "intermediate"}) {
        CAPTURE(family);
        for (const std::int64_t limit : {16384, 20000, 65536}) {
            for (const double working_set : {1.0, 2.0}) {
                CAPTURE(working_set);
                auto opened = session().open(
                    family,
                    with(small(family, "cached"),
                         {{"working_set", working_set}, {"access", "uniform"}, {"limit", limit}}));
                if (opened->status() == ASSAY_SKIP) {
                    CHECK(working_set == 1.0);
                    CHECK(opened->text().find("which is phase=warm") != std::string::npos);
                    continue;
                }
                REQUIRE(opened->status() == ASSAY_OK);
                const BatchResult result = opened->batch({.iterations = 2000});
                CHECK(total(result.metrics, "evictions") > 0);
                CHECK(total(result.metrics, "hits") < total(result.metrics, "lookups"));
            }
        }
    }
}

TEST_CASE("a version that is raised in a batch makes the cache miss what it held") {
    for (const auto& [family, path] : kCachedPaths) {
        CAPTURE(family);
        auto opened = session().open(family,
                                     with(small(family, path),
                                          {{"working_set", 0.2},
                                           {"phase", std::string("warm")},
                                           {"learn_every", std::int64_t{50}}}));
        REQUIRE(opened->status() == ASSAY_OK);
        (void)opened->batch({.iterations = 100});
        const BatchResult result = opened->batch({.iterations = 100});
        CHECK(total(result.metrics, "misses") > 0);
        CHECK(total(result.metrics, "hits") > 0);
    }
    auto kept = session().open(
        "intermediate", with(small("intermediate", "kept"), {{"learn_every", std::int64_t{1}}}));
    const BatchResult every = kept->batch({.iterations = 10, .warmup = false});
    auto never = session().open("intermediate", small("intermediate", "kept"));
    const BatchResult none = never->batch({.iterations = 10});
    // H_m of 2 modalities: 6 joint states, 3 and 2 outcomes; the first batch found them in place.
    CHECK(total(every.metrics, "logarithms_done") - total(none.metrics, "logarithms_done") ==
          doctest::Approx(9 * 30 / 10.0)); // of each of 10 requests
}

TEST_CASE("a model that learns less often than a run asks is a model that does not learn") {
    for (const auto& [family, path] : kCachedPaths) {
        CAPTURE(family);
        const Parameters steady = with(small(family, path), {{"access", "zipf1.1"}});
        auto never = session().open(family, steady);
        auto rarely = session().open(family, with(steady, {{"learn_every", std::int64_t{100000}}}));
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            const BatchResult expected = never->batch({.iterations = 30, .seed = seed});
            const BatchResult found = rarely->batch({.iterations = 30, .seed = seed});
            CHECK(total(found.metrics, "hits") == total(expected.metrics, "hits"));
        }
    }
}

TEST_CASE("a model learns after as many requests however they are cut into batches") {
    const Parameters parameters = with(small("likelihood", "cached"),
                                       {{"working_set", 0.2},
                                        {"phase", "warm"},
                                        {"access", "scan"},
                                        {"learn_every", std::int64_t{50}}});
    auto whole = session().open("likelihood", parameters);
    auto cut = session().open("likelihood", parameters);
    const BatchResult expected = whole->batch({.iterations = 200, .seed = 1});
    double misses = 0;
    for (int part = 0; part < 20; ++part) {
        misses += total(cut->batch({.iterations = 10, .seed = 1}).metrics, "misses");
    }
    CHECK(total(expected.metrics, "misses") > 0);
    CHECK(misses > 0);
    // Raised 3 times before the last request: every time all keys of the set are new again.
    CHECK(misses <= total(expected.metrics, "misses"));
}

TEST_CASE("memory_overhead counts what is kept outside the cache too") {
    auto kept = session().open("intermediate", small("intermediate", "kept"));
    // 2 tables of 6 joint states, and for 2 steps 5 beliefs and 4 parts of a sum: doubles.
    const double outside = 8 * (2 * 6 + 2 * (5 + 4));
    const Metrics of_kept = kept->batch({.iterations = 20}).metrics;
    CHECK(of_kept.at("memory_overhead").back() == outside);
    auto cached = session().open("intermediate", small("intermediate", "cached"));
    const Metrics of_cached = cached->batch({.iterations = 20}).metrics;
    CHECK(of_cached.at("memory_overhead").back() > of_cached.at("bytes_used").back() + outside);
    auto larger = session().open(
        "intermediate", with(small("intermediate", "kept"), {{"states", std::int64_t{6}}}));
    CHECK(larger->batch({.iterations = 1}).metrics.at("memory_overhead").back() > outside);
}

} // namespace cache_life_test
