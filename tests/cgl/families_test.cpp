// What holds for the families beside `step`, through the plugin's C ABI.
#include "parallel_threads.hpp"
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace families_test {

using namespace suite_test;

namespace {

// Plans are not measured: what is tested is not their speed.
PluginSession& session() {
    static PluginSession made(R"({"plan": "estimate"})");
    return made;
}

BatchResult
verified_batch(const std::string& family, const Parameters& parameters, std::uint64_t iterations) {
    auto opened = session().open(family, parameters);
    CAPTURE(opened->text());
    REQUIRE(opened->status() == ASSAY_OK);
    const assay_status verified = opened->verify();
    CAPTURE(opened->text());
    REQUIRE(verified == ASSAY_OK);
    const BatchResult result = opened->batch({.iterations = iterations, .seed = 7});
    CAPTURE(opened->text());
    REQUIRE(result.status == ASSAY_OK);
    CHECK(result.done == iterations);
    return result;
}

// Why it is not opened.
std::string refused(const std::string& family,
                    const Parameters& parameters,
                    assay_status expected = ASSAY_E_CONFIG) {
    auto opened = session().open(family, parameters);
    CHECK(opened->status() == expected);
    return opened->text();
}

} // namespace

TEST_CASE("from every initial field ten steps end where they ended before, in every method") {
    for (const std::string method : {"strang", "etd2rk", "etdrk4", "ifrk4"}) {
        for (const std::string ic : {"noise", "plane", "spiral", "gauss", "smooth"}) {
            CAPTURE(method);
            CAPTURE(ic);
            const Parameters parameters{
                {"n", std::int64_t{32}}, {"method", method}, {"ic", ic}, {"impl", "assay"}};
            const BatchResult once = verified_batch("evolve", parameters, 1);
            const BatchResult thrice = verified_batch("evolve", parameters, 3);
            CHECK(once.checksum != 0);
            CHECK(once.checksum == thrice.checksum); // every iteration begins again
            CHECK(thrice.metrics.at("steps") == std::vector<double>{30});
            CHECK(thrice.metrics.at("fft_bound_share").front() > 0);
            CHECK(thrice.allocations == 0);
        }
    }
}

TEST_CASE("the plain first-order step stands beside one method, and its transforms are its own") {
    for (const std::string family : {"step", "evolve"}) {
        CAPTURE(family);
        const Parameters parameters{
            {"n", std::int64_t{32}}, {"method", "strang"}, {"impl", "euler_ref"}};
        const BatchResult result = verified_batch(family, parameters, 4);
        CHECK(result.checksum != 0);
        CHECK(refused(family,
                      {{"n", std::int64_t{32}}, {"method", "etdrk4"}, {"impl", "euler_ref"}},
                      ASSAY_SKIP)
                  .find("strang") != std::string::npos);
    }
    CHECK(refused("evolve", {{"ic", "hexagon"}}).find("spiral") != std::string::npos);
}

TEST_CASE("the order of a method is what its error asks for in steps") {
    struct Known {
        const char *method, *dtype;
        double error, fewest, most;
    };

    // Second order: 0.19 / steps^2. Fourth: 5e-2 / steps^4. Both from the orders' test.
    for (const Known& known : {Known{"strang", "f64", 1e-3, 12, 16},
                               Known{"strang", "f64", 1e-6, 420, 460},
                               Known{"etdrk4", "f64", 1e-6, 13, 16},
                               Known{"etdrk4", "f64", 1e-9, 75, 90},
                               Known{"strang", "f32", 1e-3, 12, 16}}) {
        CAPTURE(known.method);
        CAPTURE(known.error);
        const BatchResult result = verified_batch(
            "work_precision",
            {{"method", known.method}, {"error", known.error}, {"dtype", known.dtype}},
            1);
        const double steps = result.metrics.at("steps_needed").front();
        CHECK(steps >= known.fewest);
        CHECK(steps <= known.most);
        const double pairs = std::string(known.method) == "strang" ? 1 : 4;
        CHECK(result.metrics.at("pairs_needed").front() == pairs * steps);
        CHECK(result.metrics.at("error_reached").front() <= known.error);
        CHECK(result.metrics.at("error_reached").front() > 0.5 * known.error);
    }
}

TEST_CASE("errors that cannot be are refused, and those that are never reached unavailable") {
    CHECK(refused("work_precision", {{"dtype", "f32"}, {"error", 1e-9}}).find("f64") !=
          std::string::npos);
    for (const double error : {0.0, -1.0, 1.0, 1e-15}) {
        CHECK_FALSE(refused("work_precision", {{"error", error}}).empty());
    }
    CHECK(refused("work_precision",
                  {{"method", "etd2rk"}, {"dtype", "f32"}, {"error", 1e-6}},
                  ASSAY_UNAVAILABLE)
              .find("least") != std::string::npos);
}

TEST_CASE("an ensemble is its fields, each with noise of its own") {
    const auto ensemble = [](std::int64_t replicas, std::uint64_t seed) {
        auto opened = session().open(
            "ensemble",
            {{"n", std::int64_t{32}}, {"replicas", replicas}, {"method", std::string("strang")}},
            seed);
        REQUIRE(opened->verify() == ASSAY_OK);
        BatchResult result = opened->batch({.iterations = 40, .seed = 7});
        REQUIRE(result.status == ASSAY_OK);
        CHECK(opened->batch({.iterations = 40, .seed = 7}).checksum == result.checksum);
        return result;
    };
    const BatchResult four = ensemble(4, 1);
    CHECK(four.metrics.at("steps") == std::vector<double>{160});
    CHECK(four.metrics.at("scaling").front() > 0);
    CHECK(four.items == 160);
    CHECK(ensemble(3, 1).checksum != four.checksum);
    CHECK(ensemble(4, 2).checksum != four.checksum);
    for (const std::int64_t replicas : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{5000}}) {
        CHECK_FALSE(refused("ensemble", {{"replicas", replicas}}).empty());
    }
}

TEST_CASE("an ensemble ends the same on any number of threads") {
    auto opened = session().open("ensemble",
                                 {{"n", std::int64_t{32}},
                                  {"replicas", std::int64_t{7}},
                                  {"method", std::string("etdrk4")}});
    REQUIRE(opened->verify() == ASSAY_OK);
    const std::uint64_t alone = opened->batch({.iterations = 50, .seed = 7}).checksum;
    for (const std::uint32_t threads : {2U, 3U, 8U}) {
        parallel_threads(threads);
        const BatchResult result = opened->batch({.iterations = 50, .seed = 7});
        CHECK(result.status == ASSAY_OK);
        CHECK(result.checksum == alone);
    }
    parallel_threads(1);
}

TEST_CASE("a pair of transforms counts its operations, on as many threads as asked for") {
    for (const std::int64_t threads : {std::int64_t{1}, std::int64_t{2}}) {
        for (const std::string dtype : {"f64", "f32"}) {
            const BatchResult result = verified_batch(
                "fft_pair", {{"n", std::int64_t{64}}, {"threads", threads}, {"dtype", dtype}}, 5);
            CHECK(result.metrics.at("pairs") == std::vector<double>{5});
            CHECK(result.metrics.at("flops").front() == 5.0 * 2 * 5 * 4096 * 12);
        }
    }
    CHECK_FALSE(refused("fft_pair", {{"threads", std::int64_t{0}}}).empty());
    CHECK_FALSE(refused("fft_pair", {{"n", std::int64_t{0}}}).empty());
}

TEST_CASE("in the stable regime the field ends uniform, without a defect") {
    const BatchResult result =
        verified_batch("turbulence",
                       {{"regime", "stable"}, {"method", "strang"}, {"duration", std::int64_t{50}}},
                       1);
    CHECK(result.metrics.at("mean_abs2").front() == doctest::Approx(1).epsilon(1e-4));
    CHECK(result.metrics.at("defect_density").front() == 0);
    CHECK(result.metrics.at("max_abs").front() < 1.01);
    CHECK(result.metrics.at("balance_error").front() < 1e-4); // of the splitting at dt 0.01
    CHECK(result.metrics.at("steps") == std::vector<double>{5000});
    CHECK(refused("turbulence", {{"regime", "chaos"}}).find("c1_2") != std::string::npos);
    CHECK_FALSE(refused("turbulence", {{"duration", std::int64_t{0}}}).empty());
}

} // namespace families_test
