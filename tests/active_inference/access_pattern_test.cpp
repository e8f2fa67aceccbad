#include "active_inference/access_pattern.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace assay::active_inference;

namespace {

constexpr AccessPattern kUniform{AccessPattern::Kind::uniform, 0};
constexpr AccessPattern kScan{AccessPattern::Kind::scan, 0};

AccessPattern zipf(double exponent) {
    return {AccessPattern::Kind::zipf, exponent};
}

std::vector<std::uint32_t> drawn(const AccessStream& stream, std::uint64_t seed, std::size_t n) {
    std::vector<std::uint32_t> keys(n);
    stream.draw(seed, keys);
    return keys;
}

// Pearson's statistic of the draws against the expected share of every key.
template <class Share>
double chi_square(const AccessStream& stream, std::size_t draws, Share&& share_of_key) {
    std::vector<double> counts(stream.key_count());
    for (const std::uint32_t key : drawn(stream, 42, draws)) {
        counts.at(key) += 1;
    }
    double sum = 0;
    for (std::uint32_t key = 0; key < stream.key_count(); ++key) {
        const double expected = share_of_key(key) * static_cast<double>(draws);
        sum += (counts[key] - expected) * (counts[key] - expected) / expected;
    }
    return sum;
}

} // namespace

TEST_CASE("patterns are read from their names and nothing else") {
    CHECK(access_pattern_from("uniform")->kind == AccessPattern::Kind::uniform);
    CHECK(access_pattern_from("scan")->kind == AccessPattern::Kind::scan);
    CHECK(access_pattern_from("zipf1.1")->exponent == 1.1);
    for (const char* bad : {"", "zipf", "zipf0", "zipf-1", "zipf5", "zipf1x", "zipfnan", "lru"}) {
        CAPTURE(bad);
        CHECK_FALSE(access_pattern_from(bad).has_value());
    }
}

TEST_CASE("zipf draws have the frequencies of the law") {
    constexpr std::uint32_t kKeys = 100;
    for (const double exponent : {0.8, 1.1}) {
        CAPTURE(exponent);
        const AccessStream stream(zipf(exponent), kKeys, 1);
        double normaliser = 0;
        for (std::uint32_t rank = 0; rank < kKeys; ++rank) {
            normaliser += std::pow(rank + 1, -exponent);
        }
        std::vector<double> share(kKeys);
        for (std::uint32_t rank = 0; rank < kKeys; ++rank) {
            share[stream.key_of_rank(rank)] = std::pow(rank + 1, -exponent) / normaliser;
            CHECK(stream.rank_weight(rank) ==
                  doctest::Approx(share[stream.key_of_rank(rank)]).epsilon(1e-9));
        }
        const double statistic =
            chi_square(stream, 200'000, [&](std::uint32_t key) { return share[key]; });
        CHECK(statistic < 148.2); // 99 degrees of freedom: exceeded once in 1000 seeds
        CHECK(statistic > 59);    // and as rarely below: too good is wrong too
    }
}

TEST_CASE("uniform draws have equal frequencies") {
    const AccessStream stream(kUniform, 50, 1);
    CHECK(chi_square(stream, 100'000, [](std::uint32_t) { return 1 / 50.0; }) < 85.4);
}

TEST_CASE("which key is the hottest depends on the ranking seed") {
    std::set<std::uint32_t> hottest;
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
        hottest.insert(AccessStream(zipf(1), 1000, seed).key_of_rank(0));
    }
    CHECK(hottest.size() > 10);
}

TEST_CASE("a scan visits all keys in order and begins again") {
    const AccessStream stream(kScan, 5, 1);
    const auto keys = drawn(stream, 3, 13);
    for (std::size_t i = 1; i < keys.size(); ++i) {
        CHECK(keys[i] == (keys[i - 1] + 1) % 5);
    }
}

TEST_CASE("the keys before a scan lead up to its first one") {
    const AccessStream stream(kScan, 7, 1);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        std::vector<std::uint32_t> before(10);
        REQUIRE(stream.draw_before(seed, before));
        CHECK((before.back() + 1) % 7 == drawn(stream, seed, 1).front());
        for (std::size_t i = 1; i < before.size(); ++i) {
            CHECK(before[i] == (before[i - 1] + 1) % 7);
        }
    }
}

TEST_CASE("patterns without memory have nothing before") {
    std::vector<std::uint32_t> before(3, 99);
    CHECK_FALSE(AccessStream(kUniform, 7, 1).draw_before(1, before));
    CHECK_FALSE(AccessStream(zipf(1), 7, 1).draw_before(1, before));
    CHECK(before == std::vector<std::uint32_t>(3, 99));
}

TEST_CASE("equal seeds draw equal keys and other seeds others") {
    for (const AccessPattern& pattern : {kUniform, zipf(0.8)}) {
        const AccessStream stream(pattern, 1000, 1), twin(pattern, 1000, 1);
        CHECK(drawn(stream, 5, 100) == drawn(twin, 5, 100));
        CHECK(drawn(stream, 5, 100) != drawn(stream, 6, 100));
    }
}

TEST_CASE("a stream of one key draws that key") {
    for (const AccessPattern& pattern : {kUniform, zipf(0.8), kScan}) {
        CHECK(drawn(AccessStream(pattern, 1, 1), 5, 3) == std::vector<std::uint32_t>(3, 0));
    }
}
