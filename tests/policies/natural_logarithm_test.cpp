#include "active_inference/logarithm.hpp"
#include "active_inference/policies/natural_logarithm.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace assay::active_inference;

namespace {

double ulps_apart(double x) {
    const double expected = std::log(x);
    const double ulp = std::nextafter(std::abs(expected), 1e300) - std::abs(expected);
    return std::abs(natural_logarithm(x) - expected) / ulp;
}

} // namespace

TEST_CASE("the logarithm is within two units in the last place of the library's") {
    assay::RandomSource random(1);
    double worst = 0;
    for (int i = 0; i < 200'000; ++i) {
        const double exponent = 80 * random.unit() - 60;
        worst = std::max(worst, ulps_apart(std::exp2(exponent)));
        worst = std::max(worst, ulps_apart(random.unit() + kGainFloor));
    }
    CHECK(worst <= 2);
}

TEST_CASE("the logarithm is exact where a probability is certain and right at the ends") {
    CHECK(natural_logarithm(1) == 0);
    CHECK(ulps_apart(kLogFloor) <= 2);
    CHECK(ulps_apart(kGainFloor) <= 2);
    CHECK(ulps_apart(std::numeric_limits<double>::min()) <= 2);
    CHECK(ulps_apart(std::numeric_limits<double>::max()) <= 2);
    CHECK(ulps_apart(std::sqrt(0.5)) <= 2);
    CHECK(ulps_apart(std::nextafter(1.0, 0.0)) <= 2);
    CHECK(ulps_apart(std::nextafter(1.0, 2.0)) <= 2);
}
