// What holds for every family of the suite, through the plugin's C ABI.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <set>
#include <string>

namespace plugin_test {

using namespace suite_test;

namespace {

const char* const kOfTokens[] = {"process", "fields", "attention"};
const char* const kImpls[] = {"assay", "naive"};
const char* const kTypes[] = {"f64", "f32"};

PluginSession& session() {
    static PluginSession made;
    return made;
}

Parameters tokens(std::int64_t n, const std::string& dtype) {
    return {{"n", n}, {"dtype", dtype}};
}

Parameters tokens(std::int64_t n, const std::string& dtype, const std::string& impl) {
    return {{"n", n}, {"dtype", dtype}, {"impl", impl}};
}

Parameters text(std::int64_t bytes, const std::string& impl) {
    return {{"bytes", bytes}, {"impl", impl}};
}

double total(const Metrics& metrics, const std::string& key) {
    const std::vector<double>& values = metrics.at(key);
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void check_verified(const std::string& family,
                    const Parameters& parameters,
                    const std::string& counted) {
    auto opened = session().open(family, parameters);
    REQUIRE(opened->status() == ASSAY_OK);
    const assay_status verified = opened->verify();
    CAPTURE(opened->text());
    CHECK(verified == ASSAY_OK);
    CHECK(total(opened->metrics(), counted) > 50);
}

} // namespace

TEST_CASE("the suite has its families with the naive way as what speed is held against") {
    CHECK(session().family_names() ==
          std::vector<std::string>{
              "process", "latency", "filter_only", "fields", "attention", "cached"});
    for (const std::string& name : session().family_names()) {
        CAPTURE(name);
        const assay_case_def& family = session().family(name);
        CHECK(cases_of(family, &assay_axis::quick_mask) <= 4);
        if (name != "latency" && name != "cached") {
            const assay_axis& impl = *family.axes[family.n_axes - 1];
            CHECK(text_of(impl.name) == "impl");
            CHECK((impl.flags & ASSAY_AXIS_VARIANT) != 0);
            CHECK(text_of(impl.values[impl.reference].u.str) == "naive");
            CHECK(text_of(impl.values[0].u.str) == "assay");
        }
    }
}

TEST_CASE("both ways in both precisions pass verification") {
    for (const char* dtype : kTypes) {
        CAPTURE(dtype);
        for (const char* family : kOfTokens) {
            CAPTURE(family);
            for (const char* impl : kImpls) {
                CAPTURE(impl);
                check_verified(family, tokens(3, dtype, impl), "values_verified");
            }
        }
        check_verified("latency", tokens(9, dtype), "values_verified");
    }
}

TEST_CASE("a filter passes verification both ways") {
    for (const char* impl : kImpls) {
        check_verified("filter_only", text(1024, impl), "tokens_verified");
    }
}

TEST_CASE("sequences longer than what is compared as a whole pass verification") {
    for (const char* family : kOfTokens) {
        check_verified(family, tokens(70, "f64", "assay"), "values_verified");
    }
}

TEST_CASE("sequences longer than one block of rows pass verification") {
    check_verified("process", tokens(2048, "f32", "assay"), "values_verified");
    check_verified("attention", tokens(2048, "f64", "assay"), "values_verified");
    check_verified("fields", tokens(2048, "f64", "assay"), "values_verified");
}

TEST_CASE("how far results are from the naive way's is reported") {
    auto exact = session().open("process", tokens(20, "f64", "assay"));
    REQUIRE(exact->verify() == ASSAY_OK);
    CHECK(exact->metrics().at("max_relative_error").at(0) < 1e-10);
    CHECK(exact->metrics().at("max_relative_error").at(0) > 0);
    auto single = session().open("process", tokens(20, "f32", "assay"));
    REQUIRE(single->verify() == ASSAY_OK);
    CHECK(single->metrics().at("max_relative_error").at(0) > 1e-9);
    CHECK(single->metrics().at("max_relative_error").at(0) < 1e-4);
}

TEST_CASE("equal seeds give equal checksums, for both ways, and other seeds others") {
    for (const char* family : kOfTokens) {
        CAPTURE(family);
        std::set<std::uint64_t> checksums;
        for (const char* impl : kImpls) {
            auto opened = session().open(family, tokens(5, "f64", impl));
            (void)opened->batch({.iterations = 2});
            const BatchResult one = opened->batch({.iterations = 3});
            CHECK(one.status == ASSAY_OK);
            CHECK(one.done == 3);
            CHECK(opened->batch({.iterations = 3}).checksum == one.checksum);
            CHECK(opened->batch({.iterations = 4}).checksum != one.checksum);
            checksums.insert(one.checksum);
            auto other = session().open(family, tokens(5, "f64", impl), 2);
            CHECK(other->batch({.iterations = 3}).checksum != one.checksum);
        }
        CHECK(checksums.size() == 1);
    }
    auto assay = session().open("filter_only", text(1024, "assay"));
    auto naive = session().open("filter_only", text(1024, "naive"));
    const std::uint64_t one = assay->batch({.iterations = 5}).checksum;
    CHECK(naive->batch({.iterations = 5}).checksum == one);
    CHECK(assay->batch({.iterations = 6}).checksum != one);
}

TEST_CASE("a latency case ends with the checksum of the process case") {
    auto latency = session().open("latency", tokens(5, "f64"));
    const BatchResult result = latency->batch({.iterations = 6});
    CHECK(result.latency_ns.size() == 6);
    CHECK(total(result.metrics, "tokens_read") == 30);
    auto process = session().open("process", tokens(5, "f64", "assay"));
    CHECK(process->batch({.iterations = 6}).checksum == result.checksum);
}

TEST_CASE("tokens and operations are counted, and the product alone is timed") {
    auto opened = session().open("process", tokens(32, "f64", "assay"));
    const BatchResult result = opened->batch({.iterations = 40});
    CHECK(result.items == 32 * 40);
    CHECK(total(result.metrics, "tokens") == 32 * 40);
    CHECK(total(result.metrics, "tokens_read") == 32 * 40);
    CHECK(total(result.metrics, "filtered_tokens") > 10);
    CHECK(total(result.metrics, "filtered_tokens") < 320);
    CHECK(total(result.metrics, "flops") > 40 * 2.0 * 32 * 512 * 1024);
    CHECK(result.metrics.at("gemm_peak_share").at(0) > 0);
    CHECK(result.metrics.at("gemm_flops").at(0) > 0);
    auto naive = session().open("process", tokens(3, "f64", "naive"));
    CHECK_FALSE(naive->batch({.iterations = 1}).metrics.contains("gemm_peak_share"));
    auto fields = session().open("fields", tokens(16, "f32", "assay"));
    CHECK(total(fields->batch({.iterations = 3}).metrics, "tokens") == 48);
}

TEST_CASE("texts are of the size that was asked for, and filtered alike by both ways") {
    auto assay = session().open("filter_only", text(4096, "assay"));
    auto naive = session().open("filter_only", text(4096, "naive"));
    const Metrics one = assay->batch({.iterations = 4}).metrics;
    const Metrics other = naive->batch({.iterations = 4}).metrics;
    CHECK(total(one, "tokens_read") == total(other, "tokens_read"));
    CHECK(total(one, "filtered_tokens") == total(other, "filtered_tokens"));
    CHECK(total(one, "tokens_read") > 4 * 4096 / 12.0);
    CHECK(one.at("time_per_byte").at(0) > 0);
}

TEST_CASE("a batch allocates nothing but by the naive way") {
    for (const char* dtype : kTypes) {
        CAPTURE(dtype);
        for (const char* family : kOfTokens) {
            CAPTURE(family);
            auto opened = session().open(family, tokens(40, dtype, "assay"));
            CHECK(opened->open_allocations() > 10); // the plugin's are seen
            (void)opened->batch({.iterations = 2, .warmup = true});
            CHECK(opened->batch({.iterations = 20}).allocations == 0);
        }
    }
    auto opened = session().open("filter_only", text(1024, "assay"));
    (void)opened->batch({.iterations = 2, .warmup = true});
    CHECK(opened->batch({.iterations = 300}).allocations == 0);
}

TEST_CASE("warm-up batches report nothing and a cancelled batch does nothing") {
    const std::pair<const char*, Parameters> cases[] = {
        {"process", tokens(4, "f32", "assay")},
        {"fields", tokens(4, "f32", "naive")},
        {"attention", tokens(4, "f32", "assay")},
        {"filter_only", text(1024, "assay")},
    };
    for (const auto& [family, parameters] : cases) {
        CAPTURE(family);
        auto opened = session().open(family, parameters);
        CHECK(opened->batch({.iterations = 2, .warmup = true}).metrics.empty());
        const BatchResult result = opened->batch({.iterations = 4, .cancelled = true});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.done == 0);
        CHECK(result.metrics.empty());
    }
}

TEST_CASE("parameters that make no sense are refused with name and value and what was expected") {
    struct Refusal {
        std::string family;
        Parameters parameters;
        assay_status status;
        std::string text;
    };

    const Refusal refusals[] = {
        {"process",
         tokens(0, "f64", "assay"),
         ASSAY_E_CONFIG,
         "n=0: expected a whole number from 1 to 2048"},
        {"attention",
         tokens(2049, "f64", "assay"),
         ASSAY_E_CONFIG,
         "n=2049: expected a whole number from 1 to 2048"},
        {"fields", tokens(4, "f16", "assay"), ASSAY_E_CONFIG, "dtype=f16: expected f64 or f32"},
        {"latency", tokens(4, "f16"), ASSAY_E_CONFIG, "dtype=f16: expected f64 or f32"},
        {"process", tokens(4, "f64", "gpu"), ASSAY_E_CONFIG, "impl=gpu: expected assay or naive"},
        {"process",
         tokens(513, "f64", "naive"),
         ASSAY_SKIP,
         "impl=naive,n=513: the naive way is measured to n=512"},
        {"filter_only",
         text(3, "assay"),
         ASSAY_E_CONFIG,
         "bytes=3: expected a whole number from 16 to 268435456"},
        {"filter_only",
         text(1'048'576, "naive"),
         ASSAY_SKIP,
         "impl=naive,bytes=1048576: the naive way is measured to bytes=131072"},
    };
    for (const Refusal& refusal : refusals) {
        auto opened = session().open(refusal.family, refusal.parameters);
        CHECK(opened->status() == refusal.status);
        CHECK(opened->text() == refusal.text);
    }
}

} // namespace plugin_test
