// What holds for every family of the suite, through the plugin's C ABI.
#include "plugin_session.hpp"
#include "process_memory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace plugin_test {

using namespace suite_test;

namespace {

const char* const kImpls[] = {"assay", "glibc", "tbbmalloc"};
const char* const kFamilies[] = {"scaling", "buffer", "churn", "lanes_1", "trim"};

PluginSession& session() {
    static PluginSession made;
    return made;
}

bool is_plain() {
    return assay::allocator_suite::sanitizer_here().empty();
}

Parameters small(const std::string& family, const std::string& impl) {
    if (family == "scaling" || family == "trim") {
        return {{"n", std::int64_t{500}}, {"impl", impl}};
    }
    if (family == "buffer") {
        return {{"side", std::int64_t{32}}, {"impl", impl}};
    }
    return {{"live", std::int64_t{100}}, {"largest", std::int64_t{2000}}, {"impl", impl}};
}

// glibc's trimming means nothing where a sanitizer has its own malloc.
bool is_there(const std::string& family, const std::string& impl) {
    return is_plain() || family != "trim" || impl != "glibc";
}

double last(const Metrics& metrics, const std::string& key) {
    return metrics.at(key).back();
}

} // namespace

TEST_CASE("the suite has its families, all held against glibc") {
    const auto names = session().family_names();
    for (const char* name : kFamilies) {
        CAPTURE(name);
        REQUIRE(std::ranges::find(names, name) != names.end());
        const assay_case_def& family = session().family(name);
        const assay_axis& impl = *family.axes[family.n_axes - 1];
        CHECK(text_of(impl.name) == "impl");
        CHECK((impl.flags & ASSAY_AXIS_VARIANT) != 0);
        CHECK(text_of(impl.values[0].u.str) == "assay");
        CHECK(text_of(impl.values[impl.reference].u.str) == "glibc");
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 6);
    }
}

TEST_CASE("every allocator passes the verification of every family") {
    for (const char* family : kFamilies) {
        for (const char* impl : kImpls) {
            CAPTURE(family);
            CAPTURE(impl);
            auto opened = session().open(family, small(family, impl));
            if (!is_there(family, impl)) {
                CHECK(opened->status() == ASSAY_UNAVAILABLE);
                continue;
            }
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            CHECK(last(opened->metrics(), "blocks_verified") > 5000);
        }
    }
}

TEST_CASE("all allocators give the same checksum and the same batch again the same") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        std::set<std::uint64_t> checksums;
        for (const char* impl : kImpls) {
            if (!is_there(family, impl)) {
                continue;
            }
            auto opened = session().open(family, small(family, impl));
            (void)opened->batch({.iterations = 1, .seed = 4});
            const BatchResult one = opened->batch({.iterations = 1, .seed = 5});
            CHECK(one.status == ASSAY_OK);
            CHECK(one.done == 1);
            CHECK(opened->batch({.iterations = 1, .seed = 5}).checksum == one.checksum);
            checksums.insert(one.checksum);
        }
        CHECK(checksums.size() == 1);
        CHECK(!checksums.contains(0));
    }
}

TEST_CASE("blocks of 800 bytes are 816 with their header by the books of both") {
    for (const char* impl : {"assay", "glibc"}) {
        CAPTURE(impl);
        auto opened = session().open("scaling", small("scaling", impl));
        const Metrics metrics = opened->batch({.iterations = 2}).metrics;
        CHECK(last(metrics, "live_bytes") == 500 * 800);
        if (impl == std::string("assay") || is_plain()) {
            CHECK(last(metrics, "in_use_bytes") == doctest::Approx(500 * 816).epsilon(0.02));
            CHECK(last(metrics, "held_bytes") > 500 * 816);
            CHECK(last(metrics, "unused_bytes") >= 0);
        }
        CHECK(metrics.contains("free_block_bytes") == (impl == std::string("assay")));
    }
    auto tbb = session().open("scaling", small("scaling", "tbbmalloc"));
    CHECK_FALSE(tbb->batch({.iterations = 2}).metrics.contains("in_use_bytes"));
}

TEST_CASE("resident memory grows by at least what was written into") {
    if (!is_plain()) {
        auto opened = session().open("scaling", small("scaling", "assay"));
        CHECK_FALSE(opened->batch({.iterations = 1}).metrics.contains("resident_bytes"));
        return;
    }
    for (const char* impl : kImpls) {
        CAPTURE(impl);
        Parameters parameters = small("scaling", impl);
        parameters["n"] = std::int64_t{20'000};
        auto opened = session().open("scaling", parameters);
        const Metrics metrics = opened->batch({.iterations = 1}).metrics;
        CHECK(last(metrics, "resident_bytes") > 20'000 * 800 * 0.95);
        CHECK(last(metrics, "resident_bytes") < 20'000 * 800 * 2);
        CHECK(last(metrics, "resident_peak") > 20'000 * 800);
        CHECK(last(metrics, "pss") > 20'000 * 800 * 0.95);
    }
}

TEST_CASE("operator new is called once for each block of glibc and never for the others") {
    for (const char* impl : kImpls) {
        CAPTURE(impl);
        const bool is_glibc = impl == std::string("glibc");
        auto scaling = session().open("scaling", small("scaling", impl));
        const Metrics of_scaling = scaling->batch({.iterations = 2}).metrics;
        auto churn = session().open("churn", small("churn", impl));
        const Metrics of_churn = churn->batch({.iterations = 2}).metrics;
        if (!is_plain()) {
            CHECK_FALSE(of_scaling.contains("new_calls"));
            CHECK_FALSE(of_churn.contains("new_calls"));
            continue;
        }
        CHECK(last(of_scaling, "new_calls") == (is_glibc ? 500 : 0));
        CHECK(last(of_scaling, "new_bytes") == (is_glibc ? 500 * 800 : 0));
        CHECK(last(of_scaling, "counted_operations") == 1);
        CHECK(last(of_churn, "new_calls") == (is_glibc ? 800 : 0));
        CHECK(last(of_churn, "counted_operations") == 800);
    }
}

TEST_CASE("the plugin's operator new is not that of its host") {
    auto opened = session().open("scaling", small("scaling", "glibc"));
    const BatchResult result = opened->batch({.iterations = 3});
    CHECK(result.status == ASSAY_OK);
    if (is_plain()) { // a sanitizer's build has none of its own
        CHECK(result.allocations == 0);
    }
}

TEST_CASE("a release gives back most of what lies free and no more than there was") {
    if (!is_plain()) {
        return;
    }
    for (const char* impl : {"assay", "glibc"}) {
        CAPTURE(impl);
        Parameters parameters = small("trim", impl);
        parameters["n"] = std::int64_t{50'000};
        auto opened = session().open("trim", parameters);
        const Metrics metrics = opened->batch({.iterations = 1}).metrics;
        CHECK(last(metrics, "reclaimable_bytes") > 20e6);
        CHECK(last(metrics, "released_bytes") > 0.5 * last(metrics, "reclaimable_bytes"));
        CHECK(last(metrics, "released_bytes") < 1.05 * last(metrics, "reclaimable_bytes"));
    }
}

TEST_CASE("steady churn has as much live as its population and more efficiency than nothing") {
    for (const char* impl : {"assay", "glibc"}) {
        auto opened = session().open("churn", small("churn", impl));
        const Metrics metrics = opened->batch({.iterations = 1000}).metrics;
        CHECK(last(metrics, "live_bytes") > 20'000);
        CHECK(last(metrics, "live_bytes") < 100'000);
        if (impl == std::string("assay")) {
            const double in_use = last(metrics, "in_use_bytes");
            CHECK(in_use > last(metrics, "live_bytes"));
            CHECK(in_use < 1.3 * last(metrics, "live_bytes"));
            CHECK(last(metrics, "scattered_bytes") <= last(metrics, "free_block_bytes"));
        }
    }
}

TEST_CASE("warm-up batches report nothing and a cancelled batch does nothing") {
    for (const char* family : kFamilies) {
        CAPTURE(family);
        auto opened = session().open(family, small(family, "assay"));
        CHECK(opened->batch({.iterations = 2, .warmup = true}).metrics.empty());
        const BatchResult result = opened->batch({.iterations = 2, .cancelled = true});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.done == 0);
        CHECK(result.metrics.empty());
        CHECK(opened->batch({.iterations = 0}).status == ASSAY_OK);
    }
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family, axis;
        Parameter value;
        std::string text;
    };

    const Refusal refusals[] = {
        {"scaling", "n", std::int64_t{0}, "n=0: expected a whole number from 1 to 5000000"},
        {"trim", "n", std::int64_t{-1}, "n=-1: expected a whole number from 1 to 1000000"},
        {"buffer",
         "side",
         std::int64_t{16'385},
         "side=16385: expected a whole number from 1 to 16384"},
        {"churn", "live", std::int64_t{0}, "live=0: expected a whole number from 1 to 1000000"},
        {"churn",
         "largest",
         std::int64_t{15},
         "largest=15: expected a whole number from 16 to 16777216"},
        {"lanes_1",
         "largest",
         (std::int64_t{16} << 20) + 1,
         "largest=16777217: expected a whole number from 16 to 16777216"},
        {"churn",
         "lifetimes",
         std::string("long"),
         "lifetimes=long: expected exponential or phased"},
        {"scaling", "impl", std::string("some"), "impl=some: expected assay, glibc or tbbmalloc"},
    };
    for (const Refusal& refusal : refusals) {
        Parameters parameters = small(refusal.family, "assay");
        parameters[refusal.axis] = refusal.value;
        auto opened = session().open(refusal.family, parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        CHECK(opened->text() == refusal.text);
    }
}

TEST_CASE("blocks that would not fit together are refused before any is taken") {
    Parameters parameters = small("churn", "assay");
    parameters["live"] = std::int64_t{1'000'000};
    parameters["largest"] = std::int64_t{16} << 20;
    auto opened = session().open("churn", parameters);
    CHECK(opened->status() == ASSAY_E_CONFIG);
    CHECK(opened->text().find("at once, expected at most 4294967296 bytes") != std::string::npos);
}

} // namespace plugin_test
