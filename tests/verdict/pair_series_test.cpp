#include "verdict/pair_series.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace pair_series_test {

using namespace assay;
using verdict::PairSeries;

namespace {

constexpr auto kMixture = statistics::EvidenceMethod::mixture;

PairSeries series_of(const std::vector<double>& x) {
    PairSeries series(std::log(1.01), kMixture);
    for (std::size_t i = 0; i < x.size(); ++i) {
        series.add({.x = x[i], .new_is_worker_1 = i % 2 == 1, .seconds = 0.05});
    }
    return series;
}

} // namespace

TEST_CASE("the spread of pairs is the scaled MAD, and unknown for fewer than two") {
    CHECK_FALSE(series_of({0.01}).robust_sd().has_value());
    CHECK(*series_of({1, 2, 3, 4, 100}).robust_sd() == doctest::Approx(1.4826));
}

TEST_CASE("the position bias is half of what the seats differ by") {
    CHECK_FALSE(series_of({0.01}).position_bias().has_value());
    CHECK(*series_of({-0.01, 0.01, -0.01, 0.01}).position_bias() == doctest::Approx(0.01));
}

TEST_CASE("halves whose intervals do not meet are drift, steady noise is none") {
    std::vector<double> x;
    for (int i = 0; i < 24; ++i) {
        x.push_back((i < 12 ? 0.0 : 0.05) + (i % 2 == 0 ? 0.001 : -0.001));
    }
    CHECK(series_of(x).is_drifting(x.size(), 0.05, kMixture));
    CHECK_FALSE(series_of(x).is_drifting(12, 0.05, kMixture)); // what came later does not matter
    for (double& value : x) {
        value = std::fmod(value, 0.01);
    }
    CHECK_FALSE(series_of(x).is_drifting(x.size(), 0.05, kMixture));
}

TEST_CASE("too few pairs for an interval are never drift") {
    CHECK_FALSE(series_of({}).is_drifting(0, 0.05, kMixture));
    CHECK_FALSE(series_of({0, 0, 0, 0, 0, 1, 1, 1, 1, 1}).is_drifting(10, 0.05, kMixture));
}

TEST_CASE("seconds per pair are an average over pairs") {
    CHECK(series_of({}).seconds_per_pair() == 0);
    CHECK(series_of({0, 0, 0}).seconds_per_pair() == doctest::Approx(0.05));
}

} // namespace pair_series_test
