// What holds for every family of the suite, through the plugin's C ABI.
#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace selective_updates_test;
using namespace suite_test;

namespace {

const char* const kPaths[] = {"full", "selective"};

} // namespace

TEST_CASE("every family varies over path against full and quick is at most 6 cases of it") {
    for (const SmallCase& small : small_cases()) {
        CAPTURE(small.family);
        const assay_case_def& family = session().family(small.family);
        const assay_axis& path = *family.axes[family.n_axes - 1];
        CHECK(text_of(path.name) == "path");
        CHECK((path.flags & ASSAY_AXIS_VARIANT) != 0);
        CHECK(text_of(path.values[path.reference].u.str) == "full");
        CHECK(cases_of(family, &assay_axis::quick_mask) >= 2);
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 6);
    }
}

TEST_CASE("every path of every family passes its verification and counts what it compared") {
    for (const SmallCase& small : small_cases()) {
        for (const char* path : kPaths) {
            CAPTURE(small.family);
            CAPTURE(path);
            auto opened = session().open(small.family, small.with(path));
            REQUIRE(opened->status() == ASSAY_OK);
            const assay_status verified = opened->verify();
            CAPTURE(opened->text());
            CHECK(verified == ASSAY_OK);
            CHECK(total(opened->metrics(), "values_verified") > 100);
            CHECK(opened->metrics().contains("max_abs_error") ==
                  (path == std::string("selective")));
        }
    }
}

TEST_CASE("done and skipped add up to the total and the full path skips nothing") {
    for (const SmallCase& small : small_cases()) {
        CAPTURE(small.family);
        std::set<double> totals;
        for (const std::string path : kPaths) {
            auto opened = session().open(small.family, small.with(path));
            const BatchResult result = opened->batch({.iterations = 60, .seed = 7});
            CAPTURE(opened->text());
            REQUIRE(result.status == ASSAY_OK);
            CHECK(result.done == 60);
            const Metrics& m = result.metrics;
            CHECK(total(m, "ops_done") + total(m, "ops_skipped") ==
                  doctest::Approx(total(m, "ops_total")));
            CHECK(total(m, "savings") ==
                  doctest::Approx(total(m, "ops_skipped") / total(m, "ops_total")));
            CHECK((total(m, "ops_skipped") == 0) == (path == "full"));
            CHECK(total(m, "ops_total") > 0);
            totals.insert(total(m, "ops_total"));
        }
        CHECK(totals.size() == 1); // of the request alone
    }
}

TEST_CASE("figures of one iteration are the same however many a batch has") {
    for (const SmallCase& small : small_cases()) {
        CAPTURE(small.family);
        auto opened = session().open(small.family, small.with("full"));
        const Metrics few = opened->batch({.iterations = 40, .seed = 7}).metrics;
        const Metrics many = opened->batch({.iterations = 120, .seed = 7}).metrics;
        // A hierarchy's upper levels move every few steps.
        CHECK(total(few, "ops_total") == doctest::Approx(total(many, "ops_total")).epsilon(0.02));
    }
}

TEST_CASE("equal seeds give equal checksums and counts whatever was done before") {
    for (const SmallCase& small : small_cases()) {
        for (const char* path : kPaths) {
            CAPTURE(small.family);
            CAPTURE(path);
            auto opened = session().open(small.family, small.with(path));
            (void)opened->verify();
            (void)opened->batch({.iterations = 5, .seed = 3});
            const BatchResult one = opened->batch({.iterations = 9, .seed = 4});
            auto again = session().open(small.family, small.with(path));
            const BatchResult two = again->batch({.iterations = 9, .seed = 4});
            CHECK(one.checksum == two.checksum);
            CHECK(one.checksum != 0);
            CHECK(one.metrics == two.metrics);
            CHECK(again->batch({.iterations = 10, .seed = 4}).checksum != one.checksum);
            auto other = session().open(small.family, small.with(path), 2);
            CHECK(other->batch({.iterations = 9, .seed = 4}).checksum != one.checksum);
        }
    }
}

TEST_CASE("a batch allocates nothing while it is timed") {
    for (const SmallCase& small : small_cases()) {
        for (const char* path : kPaths) {
            CAPTURE(small.family);
            CAPTURE(path);
            auto opened = session().open(small.family, small.with(path));
            CHECK(opened->open_allocations() > 10); // the plugin's are seen
            (void)opened->batch({.iterations = 3, .warmup = true});
            CHECK(opened->batch({.iterations = 40, .seed = 2}).allocations == 0);
        }
    }
}

TEST_CASE("warm-up batches report nothing and a cancelled batch does nothing") {
    for (const SmallCase& small : small_cases()) {
        for (const char* path : kPaths) {
            CAPTURE(small.family);
            auto opened = session().open(small.family, small.with(path));
            CHECK(opened->batch({.iterations = 4, .warmup = true}).metrics.empty());
            const BatchResult result = opened->batch({.iterations = 4, .cancelled = true});
            CHECK(result.status == ASSAY_OK);
            CHECK(result.done == 0);
            CHECK(result.metrics.empty());
            CHECK(opened->batch({.iterations = 0}).status == ASSAY_OK);
        }
    }
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family, axis;
        Parameter value;
        std::string text;
    };

    const Refusal refusals[] = {
        {"incremental_vfe",
         "states",
         std::int64_t{1},
         "states=1: expected a whole number from 2 to 512"},
        {"hierarchical",
         "levels",
         std::int64_t{6},
         "levels=6: expected a whole number from 1 to 5"},
        {"sparse_observation",
         "states",
         std::int64_t{0},
         "states=0: expected a whole number from 2 to 512"},
        {"sparse_observation",
         "change_rate",
         1.5,
         "change_rate=1.5: expected a number from 0 to 1"},
        {"partial_policy",
         "policies",
         std::int64_t{730},
         "policies=730: expected a whole number from 1 to 729"},
        {"partial_policy", "changed", -0.1, "changed=-0.1: expected a number from 0 to 1"},
        {"hierarchical", "theta", -1.0, "theta=-1: expected a number from 0 to 1e+06"},
    };
    for (const Refusal& refusal : refusals) {
        for (const SmallCase& small : small_cases()) {
            if (small.family == refusal.family) {
                Parameters parameters = small.with("full");
                parameters[refusal.axis] = refusal.value;
                auto opened = session().open(small.family, parameters);
                CHECK(opened->status() == ASSAY_E_CONFIG);
                CHECK(opened->text() == refusal.text);
            }
        }
    }
    for (const SmallCase& small : small_cases()) {
        auto opened = session().open(small.family, small.with("some"));
        CHECK(opened->status() == ASSAY_E_CONFIG);
        const bool memo = small.family == "sparse_observation";
        CHECK(opened->text() == (memo ? "path=some: expected full, memo or selective"
                                      : "path=some: expected full or selective"));
    }
}

TEST_CASE("tables larger than a launch should hold are skipped with their size") {
    auto opened = session().open(
        "sparse_observation",
        {{"states", std::int64_t{300}}, {"change_rate", 0.1}, {"path", std::string("full")}});
    CHECK(opened->status() == ASSAY_SKIP);
    CHECK(opened->text().starts_with("states=300 needs tables of 17928000000 bytes"));
}
