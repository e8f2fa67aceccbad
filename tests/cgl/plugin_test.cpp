// What holds for every case of the suite, through the plugin's C ABI.
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace plugin_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

Parameters small(const std::string& method, const std::string& impl) {
    return {{"n", std::int64_t{16}}, {"method", method}, {"impl", impl}};
}

const char* const kMethods[] = {"strang", "etd2rk", "etdrk4", "ifrk4"};

} // namespace

TEST_CASE(
    "every method in either precision passes its verification, and so do its transforms alone") {
    for (const std::string method : kMethods) {
        for (const std::string impl : {"assay", "fft_only"}) {
            for (const std::string dtype : {"f64", "f32"}) {
                CAPTURE(method);
                CAPTURE(impl);
                CAPTURE(dtype);
                Parameters parameters = small(method, impl);
                parameters["dtype"] = dtype;
                auto opened = session().open("step", parameters);
                REQUIRE(opened->status() == ASSAY_OK);
                const assay_status verified = opened->verify();
                CAPTURE(opened->text());
                CHECK(verified == ASSAY_OK);
            }
        }
    }
}

TEST_CASE("a batch counts its steps, its points and the time that passed in the field") {
    auto opened = session().open("step", small("etdrk4", "assay"));
    const BatchResult result = opened->batch({.iterations = 70, .seed = 7});
    CAPTURE(opened->text());
    REQUIRE(result.status == ASSAY_OK);
    CHECK(result.done == 70);
    CHECK(result.allocations == 0);
    CHECK(result.metrics.at("steps") == std::vector<double>{70});
    CHECK(result.metrics.at("points") == std::vector<double>{70 * 256});
    CHECK(result.metrics.at("sim_time_per_wall").front() == doctest::Approx(3.5));
    CHECK(result.metrics.at("fft_bound_share").front() > 0);
}

TEST_CASE("equal batches begin with the same field and end with the same digest, other seeds with "
          "another") {
    for (const std::string method : kMethods) {
        CAPTURE(method);
        auto opened = session().open("step", small(method, "assay"));
        const std::uint64_t first = opened->batch({.iterations = 20, .seed = 7}).checksum;
        CHECK(first != 0);
        CHECK(opened->batch({.iterations = 20, .seed = 7}).checksum == first);
        CHECK(opened->batch({.iterations = 21, .seed = 7}).checksum != first);
        auto other = session().open("step", small(method, "assay"), 2);
        CHECK(other->batch({.iterations = 20, .seed = 7}).checksum != first);
    }
    auto opened = session().open("step", small("strang", "assay"));
    CHECK(opened->batch({.iterations = 200, .seed = 7}).checksum == 0); // chaos: no digest
}

TEST_CASE("a case that is told to stop has done nothing") {
    auto opened = session().open("step", small("strang", "assay"));
    const BatchResult result = opened->batch({.iterations = 100, .cancelled = true});
    CHECK(result.done == 0);
}

TEST_CASE("sizes and words that mean nothing are refused with what was expected") {
    const auto refused = [](const Parameters& parameters) {
        auto opened = session().open("step", parameters);
        CHECK(opened->status() == ASSAY_E_CONFIG);
        return opened->text();
    };
    for (const std::int64_t n :
         {std::int64_t{0}, std::int64_t{6}, std::int64_t{-8}, std::int64_t{22}}) {
        CAPTURE(n);
        Parameters parameters = small("strang", "assay");
        parameters["n"] = n;
        CHECK_FALSE(refused(parameters).empty());
    }
    CHECK(refused(small("euler", "assay")).find("etdrk4") != std::string::npos);
    CHECK(refused(small("strang", "numpy")).find("fft_only") != std::string::npos);
    Parameters parameters = small("strang", "assay");
    parameters["dtype"] = std::string("f16");
    CHECK(refused(parameters).find("f32") != std::string::npos);
}

} // namespace plugin_test
