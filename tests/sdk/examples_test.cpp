// The examples that authors start from, driven through every case they declare.
#include "fake_host.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sdk_test;

namespace {

// The points of mode quick: what the axes' masks choose, the last axis fastest.
std::vector<std::vector<assay_value>> points(const assay_case_def& def) {
    std::vector<std::vector<assay_value>> all{{}};
    for (std::uint32_t a = 0; a < def.n_axes; ++a) {
        std::vector<std::vector<assay_value>> longer;
        for (const auto& point : all) {
            for (std::uint32_t v = 0; v < def.axes[a]->n_values; ++v) {
                const std::uint64_t mask = def.axes[a]->quick_mask;
                if (mask != 0 && (mask >> v & 1U) == 0) {
                    continue;
                }
                longer.push_back(point);
                longer.back().push_back(def.axes[a]->values[v]);
            }
        }
        all = std::move(longer);
    }
    return all;
}

void drive(const std::string& plugin, const std::string& name, std::size_t cases_expected) {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, plugin), name);
    REQUIRE(suite.status == ASSAY_OK);
    std::size_t cases = 0;
    for (const std::string& family : suite.family_names()) {
        for (const auto& point : points(*suite.family(family))) {
            CAPTURE(family);
            const auto c = suite.open(family, point);
            REQUIRE(c->status == ASSAY_OK);
            ++cases;
            CHECK(c->verify() == ASSAY_OK);
            assay_batch first = c->make_batch(2, 11);
            assay_batch again = c->make_batch(2, 11);
            CHECK(c->batch(first) == ASSAY_OK);
            CHECK(c->batch(again) == ASSAY_OK);
            CHECK(first.checksum != 0);
            CHECK(first.checksum == again.checksum);
            CHECK(c->said.failures.empty());
        }
    }
    CHECK(cases == cases_expected);
}

} // namespace

TEST_CASE("the example in C verifies and repeats every case of mode quick") {
    drive("example_c", "hashing", 3);
}

TEST_CASE("the example in C++ skips what would only take long") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "example_cpp"), "sorting");
    const auto c = suite.open("sort", {i64(1'000'000), str("shuffled"), str("insertion")});
    CHECK(c->status == ASSAY_SKIP);
    CHECK_FALSE(c->said.last_failure().empty());
}

TEST_CASE("the example in C++ verifies and repeats every case of mode quick") {
    drive("example_cpp", "sorting", 2 * 2 * 4 + 2);
}

#if defined(SDK_TEST_WITH_RUST)
TEST_CASE("the example in Rust verifies and repeats every case of mode quick") {
    drive("example_rust", "primes", 2);
}
#endif
