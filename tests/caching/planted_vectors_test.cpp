#include "caching/planted_vectors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

namespace planted_vectors_test {

using namespace assay::caching;

double cosine_of(const std::vector<float>& one, const std::vector<float>& other) {
    double sum = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        sum += static_cast<double>(one[i]) * static_cast<double>(other[i]);
    }
    return sum;
}

TEST_CASE("a planted vector has the cosine that it was planted at, and length 1") {
    for (const std::size_t dimension : {2, 3, 384}) {
        const auto x = random_direction(dimension, 5);
        CHECK(std::abs(cosine_of(x, x) - 1) < 1e-6);
        for (const double cosine : {-1.0, -0.3, 0.0, 0.5, 0.95, 1.0}) {
            const auto planted = planted_at(x, cosine, 6);
            CHECK(std::abs(cosine_of(planted, planted) - 1) < 1e-6);
            CHECK(std::abs(cosine_of(planted, x) - cosine) < 1e-6);
        }
    }
}

TEST_CASE("equal seeds give equal vectors and others do not") {
    const auto x = random_direction(10, 1);
    CHECK(x == random_direction(10, 1));
    CHECK(x != random_direction(10, 2));
    CHECK(planted_at(x, 0.5, 3) == planted_at(x, 0.5, 3));
    CHECK(planted_at(x, 0.5, 3) != planted_at(x, 0.5, 4));
}

TEST_CASE("what cannot be planted is refused") {
    const std::vector<float> one{1};
    CHECK_THROWS_AS((void)planted_at(one, 0.5, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)planted_at(random_direction(3, 1), 1.1, 1), std::invalid_argument);
}

} // namespace planted_vectors_test
