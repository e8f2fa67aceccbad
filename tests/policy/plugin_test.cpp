// What holds for every family of the suite, through the plugin's C ABI.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>
#include <string>

using namespace suite_test;

namespace {

const char* const kImpls[] = {"naive", "compiled", "indexed", "cached"};
const char* const kFamilies[] = {"decisions", "latency", "edits"};

PluginSession& session() {
    static PluginSession made;
    return made;
}

Parameters small(const std::string& family, const std::string& impl) {
    Parameters all{{"policies", std::int64_t{30}}, {"impl", impl}};
    if (family == "edits") {
        all["between"] = std::int64_t{201}; // once round the ring
    } else {
        all["attributes"] = std::int64_t{10};
        all["violation_rate"] = 0.2;
    }
    return all;
}

double total(const Metrics& metrics, const std::string& key) {
    const std::vector<double>& values = metrics.at(key);
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

TEST_CASE("every family varies over impl against naive and quick is few cases") {
    CHECK(session().family_names() == std::vector<std::string>{"decisions", "latency", "edits"});
    for (const char* name : kFamilies) {
        CAPTURE(name);
        const assay_case_def& family = session().family(name);
        const assay_axis& impl = *family.axes[family.n_axes - 1];
        CHECK(text_of(impl.name) == "impl");
        CHECK((impl.flags & ASSAY_AXIS_VARIANT) != 0);
        CHECK(text_of(impl.values[impl.reference].u.str) == "naive");
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 8);
        CHECK(cases_of(family, &assay_axis::quick_mask) >= 4);
    }
}

TEST_CASE("every way passes its verification and counts what it compared") {
    for (const char* family : kFamilies) {
        for (const char* impl : kImpls) {
            CAPTURE(family);
            CAPTURE(impl);
            auto opened = session().open(family, small(family, impl));
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            CHECK(total(opened->metrics(), "decisions_verified") > 1000);
        }
    }
}

TEST_CASE("all ways give the same checksum and the same batch again the same") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        std::set<std::uint64_t> checksums;
        for (const char* impl : kImpls) {
            auto opened = session().open(family, small(family, impl));
            (void)opened->verify();
            (void)opened->batch({.iterations = 3, .seed = 5});
            const BatchResult one = opened->batch({.iterations = 50, .seed = 5});
            CHECK(one.status == ASSAY_OK);
            CHECK(one.done == 50);
            CHECK(opened->batch({.iterations = 50, .seed = 5}).checksum == one.checksum);
            CHECK(opened->batch({.iterations = 51, .seed = 5}).checksum != one.checksum);
            checksums.insert(one.checksum);
        }
        CHECK(checksums.size() == 1);
        CHECK(!checksums.contains(0));
        auto other = session().open(family, small(family, "naive"), 2);
        CHECK(!checksums.contains(other->batch({.iterations = 50, .seed = 5}).checksum));
    }
}

TEST_CASE("as many decisions find a violation as were asked for") {
    for (const char* impl : kImpls) {
        auto opened = session().open("decisions", small("decisions", impl));
        const Metrics metrics = opened->batch({.iterations = 400}).metrics;
        CHECK(total(metrics, "requests") == 400);
        CHECK(total(metrics, "decisions") == 400);
        CHECK(total(metrics, "violated") == 80);
    }
}

TEST_CASE("a warm cache answers every request and has no figures elsewhere") {
    auto cached = session().open("decisions", small("decisions", "cached"));
    const Metrics metrics = cached->batch({.iterations = 400}).metrics;
    CHECK(total(metrics, "cache_lookups") == 400);
    CHECK(total(metrics, "cache_hits") == 400);
    auto indexed = session().open("decisions", small("decisions", "indexed"));
    CHECK(!indexed->batch({.iterations = 400}).metrics.contains("cache_lookups"));
}

TEST_CASE("after an edit nothing is stale and nothing is found in the cache") {
    for (const char* impl : kImpls) {
        CAPTURE(impl);
        Parameters parameters = small("edits", impl);
        parameters["between"] = std::int64_t{1 + 300}; // round the ring once and a half
        auto opened = session().open("edits", parameters);
        const Metrics metrics = opened->batch({.iterations = 40}).metrics;
        CHECK(total(metrics, "stale_decisions") == 0);
        CHECK(total(metrics, "edits") == 40);
        CHECK(total(metrics, "requests") == 40 * 301);
        // The witness violates in 16 + 8 rounds, and so do requests: 2 + 1 in each.
        CHECK(total(metrics, "violated") >= 24);
        if (impl == std::string("cached")) {
            CHECK(total(metrics, "cache_lookups") == 40 * 301);
            CHECK(total(metrics, "cache_hits") == 40 * 100);
        }
    }
}

TEST_CASE("a decision allocates nothing but by the naive way") {
    for (const char* impl : kImpls) {
        CAPTURE(impl);
        auto opened = session().open("decisions", small("decisions", impl));
        CHECK(opened->open_allocations() > 10); // the plugin's are seen
        (void)opened->batch({.iterations = 3, .warmup = true});
        CHECK(opened->batch({.iterations = 400, .seed = 2}).allocations == 0);
    }
}

TEST_CASE("warm-up batches report nothing and a cancelled batch of edits does nothing") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        auto opened = session().open(family, small(family, "cached"));
        CHECK(opened->batch({.iterations = 4, .warmup = true}).metrics.empty());
        CHECK(opened->batch({.iterations = 0}).status == ASSAY_OK);
    }
    auto edits = session().open("edits", small("edits", "cached"));
    const BatchResult result = edits->batch({.iterations = 4, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
}

TEST_CASE("every decision of the family latency has a duration") {
    auto opened = session().open("latency", small("latency", "indexed"));
    CHECK(opened->batch({.iterations = 64}).latency_ns.size() == 64);
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family, axis;
        Parameter value;
        std::string text;
    };

    const Refusal refusals[] = {
        {"decisions",
         "policies",
         std::int64_t{0},
         "policies=0: expected a whole number from 1 to 100000"},
        {"latency",
         "attributes",
         std::int64_t{1001},
         "attributes=1001: expected a whole number from 1 to 1000"},
        {"decisions", "violation_rate", 1.5, "violation_rate=1.5: expected a number from 0 to 1"},
        {"edits",
         "between",
         std::int64_t{-3},
         "between=-3: expected a whole number from 1 to 1000000"},
        {"edits",
         "impl",
         std::string("some"),
         "impl=some: expected naive, compiled, indexed or cached"},
    };
    for (const Refusal& refusal : refusals) {
        Parameters parameters = small(refusal.family, "naive");
        parameters[refusal.axis] = refusal.value;
        auto opened = session().open(refusal.family, parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        CHECK(opened->text() == refusal.text);
    }
}
