#include "statistics/evidence.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace e_bh_test {

using namespace assay::statistics;

namespace {

std::vector<double> logs(std::vector<double> values) {
    for (double& value : values) {
        value = std::log(value);
    }
    return values;
}

} // namespace

TEST_CASE("one hypothesis alone is rejected from 1 / alpha on") {
    CHECK(e_bh(logs({20.001}), 1, 0.05) == std::vector<std::size_t>{0});
    CHECK(e_bh(logs({19.9}), 1, 0.05).empty());
}

TEST_CASE("more rejections lower the threshold of each") {
    // m = 4: one alone needs 80, two need 40 each, four need 20 each.
    CHECK(e_bh(logs({79, 1, 1, 1}), 4, 0.05).empty());
    CHECK(e_bh(logs({81, 1, 1, 1}), 4, 0.05) == std::vector<std::size_t>{0});
    CHECK(e_bh(logs({41, 1, 41, 1}), 4, 0.05) == std::vector<std::size_t>{0, 2});
    CHECK(e_bh(logs({21, 21, 21, 21}), 4, 0.05) == std::vector<std::size_t>{0, 1, 2, 3});
    // The third does not meet its own threshold but the fourth carries all.
    CHECK(e_bh(logs({500, 21, 22, 21}), 4, 0.05).size() == 4);
}

TEST_CASE("cases that were entered and are not listed count as no evidence") {
    CHECK(e_bh(logs({25}), 1, 0.05).size() == 1);
    CHECK(e_bh(logs({25}), 2, 0.05).empty());
}

TEST_CASE("nothing at all is rejected from nothing") {
    CHECK(e_bh({}, 0, 0.05).empty());
    CHECK(e_bh({}, 5, 0.05).empty());
}

TEST_CASE("with fifty true nulls on the margin a run rarely has any false discovery") {
    std::mt19937_64 random(21);
    constexpr std::size_t kRuns = 200;
    constexpr std::size_t kCases = 50;
    std::size_t wrong = 0;
    for (std::size_t run = 0; run < kRuns; ++run) {
        // Noise that all cases of a run share makes them dependent: e-BH allows that.
        const double shared = std::normal_distribution(0.0, 0.003)(random);
        std::vector<double> log_e;
        for (std::size_t i = 0; i < kCases; ++i) {
            const double sd = 0.002 + 0.0006 * static_cast<double>(i);
            std::vector<double> y;
            for (std::size_t pair = 0; pair < 30; ++pair) {
                const double flip = random() % 2 == 0 ? 1 : -1; // random roles
                y.push_back(flip * shared + std::normal_distribution(0.0, sd)(random));
            }
            log_e.push_back(log_e_value(y, EvidenceMethod::mixture));
        }
        wrong += e_bh(log_e, kCases, 0.05).empty() ? 0 : 1;
    }
    CHECK(wrong <= 20); // 5 % of 200 and three standard deviations
}

} // namespace e_bh_test
