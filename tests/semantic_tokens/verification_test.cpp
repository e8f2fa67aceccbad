// What verification takes for wrong, and says of it.
#include "case_inputs.hpp"
#include "verification.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

namespace verification_test {

using namespace assay::semantic_tokens_suite;
using assay::semantic_tokens::kBand;
using assay::semantic_tokens::kBandEntries;

TEST_CASE("a number that is off is named with both, how far, and how far it may be") {
    Verified found;
    hold_rows(found, "row 3", {1, 2.00000000001}, {1, 2}, 1e-10);
    CHECK(found.values == 2);
    CHECK(found.largest == doctest::Approx(5e-12).epsilon(0.01));
    CHECK_THROWS_WITH_AS(hold_rows(found, "row 3", {1, 2.5}, {1, 2}, 1e-10),
                         "row 3, number 1 is 2.5, expected 2: off by 0.25 of the largest, at most "
                         "1e-10",
                         assay::wrong_result);
    CHECK_THROWS_WITH_AS(hold_rows(found, "row 3", {1}, {1, 2}, 1e-10),
                         "row 3 has 1 numbers, expected 2",
                         assay::wrong_result);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(hold_rows(found, "row 3", {nan, 2}, {1, 2}, 1e-10), assay::wrong_result);
}

TEST_CASE("weights that do not sum to 1, or lie beyond the sequence, are wrong") {
    std::vector<double> weights(2 * kBandEntries, 0.0);
    weights[kBand] = 0.25;
    weights[kBand + 1] = 0.75;
    weights[kBandEntries + kBand] = 1;
    Verified found;
    hold_weights(found, weights, 2, 1e-10);
    CHECK(found.values == 2);
    weights[kBand + 1] = 0.74;
    CHECK_THROWS_WITH_AS(hold_weights(found, weights, 2, 1e-10),
                         "the sum of the weights of row 0, number 0 is 0.99, expected 1: off by "
                         "0.01 of the largest, at most 1e-10",
                         assay::wrong_result);
    weights[kBand + 1] = 0.5;
    weights[kBand + 2] = 0.25;
    CHECK_THROWS_WITH_AS(hold_weights(found, weights, 2, 1e-10),
                         "weight 10 of row 0 is 0.25, expected 0 beyond the sequence",
                         assay::wrong_result);
    weights[kBand + 2] = 0;
    weights[kBand] = -0.25;
    weights[kBand + 1] = 1.25;
    CHECK_THROWS_AS(hold_weights(found, weights, 2, 1e-10), assay::wrong_result);
}

TEST_CASE("digests are of rounded figures, and never 0") {
    const std::array one{0.5, 0.25}, nearly{0.5 + 1e-13, 0.25}, other{0.5, 0.2501};
    CHECK(rounded_digest(one, false) == rounded_digest(nearly, false));
    CHECK(rounded_digest(one, false) != rounded_digest(other, false));
    CHECK(rounded_digest(one, true) == rounded_digest(other, true));
    CHECK(rounded_digest(one, false) != 0);
}

} // namespace verification_test
