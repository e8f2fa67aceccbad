#include "random_source/normal_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace normal_source_test {

using namespace assay;

TEST_CASE("normal numbers of one seed are the same again, those of another differ") {
    NormalSource a(RandomSource(7)), b(RandomSource(7)), c(RandomSource(8));
    for (int i = 0; i < 5; ++i) {
        const double drawn = a.next();
        CHECK(drawn == b.next());
        CHECK(drawn != c.next());
    }
}

TEST_CASE("normal numbers have the distribution of the standard normal") {
    constexpr std::size_t kDraws = 100'000;
    NormalSource normal(RandomSource(11));
    std::vector<double> drawn(kDraws);
    std::ranges::generate(drawn, [&normal] { return normal.next(); });
    std::ranges::sort(drawn);
    // Kolmogorov & Smirnov: the farthest that the drawn share is from the true one.
    double farthest = 0;
    for (std::size_t i = 0; i < kDraws; ++i) {
        const double share = 0.5 * std::erfc(-drawn[i] / std::sqrt(2.0));
        const double below = static_cast<double>(i) / kDraws,
                     to = (static_cast<double>(i) + 1) / kDraws;
        farthest = std::max({farthest, std::abs(share - below), std::abs(share - to)});
    }
    CHECK(farthest < 1.95 / std::sqrt(static_cast<double>(kDraws))); // beyond: one seed in 1000
    CHECK(std::isfinite(drawn.front()));
    CHECK(std::isfinite(drawn.back()));
}

TEST_CASE("two normal numbers in succession do not follow each other") {
    NormalSource normal(RandomSource(3));
    double product = 0;
    constexpr int kPairs = 50'000;
    for (int i = 0; i < kPairs; ++i) {
        const double one = normal.next();
        product += one * normal.next();
    }
    CHECK(std::abs(product / kPairs) < 5 / std::sqrt(static_cast<double>(kPairs)));
}

} // namespace normal_source_test
