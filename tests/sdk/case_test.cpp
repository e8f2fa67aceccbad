#include "fake_host.hpp"

#include <assay/clock.h>
#include <assay/detail/loops.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

using namespace sdk_test;

TEST_CASE("an independent case opens, verifies and runs as often as asked") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    const auto c = suite.open("inner_product", {i64(64)});
    REQUIRE(c->status == ASSAY_OK);
    CHECK(c->verify() == ASSAY_OK);
    for (const std::uint64_t n : {0u, 1u, 2u, 15u, 16u, 17u, 1000u}) {
        assay_batch b = c->make_batch(n);
        CHECK(c->batch(b) == ASSAY_OK);
        CHECK(b.done == n);
        CHECK(b.checksum == 0); // no digest was written
    }
    CHECK(c->said.failures.empty());
}

TEST_CASE("a family without verify claims nothing, in a suite where another one does") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    const auto c = suite.open("multiply");
    CHECK(c->verify() == ASSAY_SKIP);
}

TEST_CASE("a chain's checksum is a function of seed, lane and iterations") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    const auto c = suite.open("multiply");
    const auto checksum = [&](std::uint64_t n, std::uint64_t seed, std::uint32_t lane) {
        assay_batch b = c->make_batch(n, seed, lane);
        REQUIRE(c->batch(b) == ASSAY_OK);
        return b.checksum;
    };
    CHECK(checksum(100, 1, 0) == checksum(100, 1, 0));
    const std::set<std::uint64_t> different{
        checksum(100, 1, 0), checksum(101, 1, 0), checksum(100, 2, 0)};
    CHECK(different.size() == 3);
    CHECK(different.count(0) == 0);
}

TEST_CASE("a chain over floating point computes what its formula says") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("chain");
    assay_batch b = c->make_batch(200);
    REQUIRE(c->batch(b) == ASSAY_OK);
    CHECK(b.checksum == 2000); // x -> x/2 + 1 has the fixed point 2
}

TEST_CASE("every iteration gets an input of its own, the same for the same seed") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    const auto c = suite.open("sort", {i64(16)});
    const auto checksum = [&](std::uint64_t n, std::uint64_t seed) {
        assay_batch b = c->make_batch(n, seed);
        REQUIRE(c->batch(b) == ASSAY_OK); // the digest throws if an input was not sorted
        return b.checksum;
    };
    CHECK(checksum(50, 1) == checksum(50, 1));
    CHECK(checksum(50, 1) != checksum(50, 2));
    CHECK(checksum(50, 1) != checksum(49, 1));
}

TEST_CASE("stored results are digested and counted after the batch") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("stored");
    assay_batch b = c->make_batch(10);
    REQUIRE(c->batch(b) == ASSAY_OK);
    CHECK(b.checksum != 0);
    CHECK(b.items == 20);
    CHECK(b.bytes == 45);
}

TEST_CASE("a constructor sees parameters, seed, lanes and case id") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c =
        suite.open("parameters", {i64(3), f64(0.5), boolean(true), str("full"), str("a")});
    REQUIRE(c->status == ASSAY_OK);
    CHECK(c->said.log == std::vector<std::string>{"1: 3 0.500000 on full 7 1 suite/parameters"});
}

TEST_CASE("the latency shape stores one duration per operation, in the counter it says") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("latency");
    std::vector<std::uint64_t> durations(100, ~std::uint64_t{0});
    for (const std::int64_t offered :
         {std::int64_t{ASSAY_TICKS_NATIVE}, std::int64_t{ASSAY_TICKS_NS}, std::int64_t{77}}) {
        assay_batch b = c->make_batch(durations.size());
        b.latency = durations.data();
        b.latency_ticks = static_cast<std::uint32_t>(offered);
        REQUIRE(c->batch(b) == ASSAY_OK);
        CHECK(b.n_latency == durations.size());
        CHECK(std::ranges::all_of(durations, [](auto d) { return d < 1'000'000'000; }));
        const bool native = offered == std::int64_t{ASSAY_TICKS_NATIVE};
        CHECK(b.latency_ticks ==
              static_cast<std::uint32_t>(native ? offered : std::int64_t{ASSAY_TICKS_NS}));
    }
}

TEST_CASE("the latency shape reads its clock once per operation and leaves no time between two") {
    std::vector<std::uint64_t> durations(100, 0);
    assay_batch b{};
    b.iterations = durations.size();
    b.latency = durations.data();
    std::uint64_t clock = 1000;
    std::uint64_t reads = 0;
    const auto read = [&] {
        ++reads;
        return clock += 5; // what a read takes
    };
    assay::detail::time_each(b, read, read, [&](std::uint64_t i) { clock += i; });
    CHECK(b.n_latency == durations.size());
    CHECK(reads == durations.size() + 1);
    for (std::uint64_t i = 0; i < durations.size(); ++i) {
        CHECK(durations[i] == i + 5);
    }
}

TEST_CASE("the manual shape adds up what the iterations tell") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("manual");
    assay_batch b = c->make_batch(5);
    REQUIRE(c->batch(b) == ASSAY_OK);
    CHECK(b.manual_ns == 15'000);
}

TEST_CASE("a case with full control reports metrics by key and attaches documents") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    auto c = suite.open("custom");
    CHECK(c->verify() == ASSAY_OK);
    CHECK(c->said.attachments.at("trace") == "checked");
    assay_batch b = c->make_batch(8);
    REQUIRE(c->batch(b) == ASSAY_OK);
    CHECK(b.items == 8);
    CHECK(b.checksum == 6);
    CHECK(c->said.metrics.find(0)->second == 6.0);
    CHECK(c->said.metrics.find(1)->second == 8.0);
    c->iface->close(c->object);
    c->status = ASSAY_E_STATE; // closed by hand
    CHECK(c->said.metrics.find(3)->second == 1.0);
}

TEST_CASE("prepare without memory asks for fewer iterations and leaves the case usable") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("custom");
    assay_batch large = c->make_batch(2'000'000);
    CHECK(c->iface->prepare(c->object, &large) == ASSAY_E_NOMEM);
    assay_batch small = c->make_batch(4);
    CHECK(c->batch(small) == ASSAY_OK);
}

TEST_CASE("lanes run at once on one case, each as itself") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    auto c = suite.open("lanes", {}, 4);
    REQUIRE(c->status == ASSAY_OK);
    std::vector<std::thread> crew;
    for (std::uint32_t lane = 0; lane < 4; ++lane) {
        crew.emplace_back([&, lane] {
            CHECK(c->iface->lane_enter(c->object, lane) == ASSAY_OK);
            for (int repeat = 0; repeat < 50; ++repeat) {
                assay_batch b = c->make_batch(20, 1, lane);
                CHECK(c->batch(b) == ASSAY_OK);
            }
            c->iface->lane_leave(c->object, lane);
        });
    }
    for (std::thread& thread : crew) {
        thread.join();
    }
    c->iface->close(c->object);
    c->status = ASSAY_E_STATE; // closed by hand
    CHECK(c->said.metrics.find(0)->second == 4 * 50 * 20);
    CHECK(c->said.metrics.find(1)->second == 4 * (50 * 20 * 100 + 11));
}

TEST_CASE("a lane that was not opened is refused by status") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "demo"), "demo");
    const auto c = suite.open("multiply");
    assay_batch b = c->make_batch(1, 1, 9);
    CHECK(c->iface->prepare(c->object, &b) == ASSAY_E_STATE);
}

TEST_CASE("a case may use the host's threads") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "shapes"), "shapes");
    const auto c = suite.open("parallel");
    CHECK(c->verify() == ASSAY_OK);
    assay_batch b = c->make_batch(1);
    CHECK(c->batch(b) == ASSAY_OK);
}
