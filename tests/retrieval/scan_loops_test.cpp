#include "random_vectors.hpp"
#include "retrieval/scan_loops.hpp"

#include <doctest/doctest.h>

namespace scan_loops_test {

using namespace assay;
using namespace assay::retrieval;

std::vector<IsaLevel> levels() {
    std::vector<IsaLevel> all;
    for (const IsaLevel level : {IsaLevel::v1, IsaLevel::v3, IsaLevel::v4}) {
        if (level <= isa_level()) {
            all.push_back(level);
        }
    }
    return all;
}

TEST_CASE("every level gives the dot product of any dimension at any alignment") {
    std::mt19937_64 random(3);
    for (const std::size_t dimension : {1, 3, 4, 7, 8, 15, 16, 17, 63, 64, 65, 100, 384, 1023}) {
        std::vector<float> one = retrieval_test::unit_vector(random, dimension);
        std::vector<float> other = retrieval_test::unit_vector(random, dimension);
        const double exact = retrieval_test::dot_of(one, other);
        one.insert(one.begin(), 9.0f); // one float off
        for (const IsaLevel level : levels()) {
            CAPTURE(name_of(level));
            CAPTURE(dimension);
            const float found = scan_loops(level).dot(one.data() + 1, other.data(), dimension);
            CHECK(std::abs(static_cast<double>(found) - exact) < 1e-6);
        }
    }
}

TEST_CASE("a row's score does not depend on the rows beside it") {
    std::mt19937_64 random(4);
    constexpr std::size_t kStride = 48;
    std::vector<float> rows;
    for (int row = 0; row < 9; ++row) {
        const auto drawn = retrieval_test::unit_vector(random, kStride);
        rows.insert(rows.end(), drawn.begin(), drawn.end());
    }
    const auto query = retrieval_test::unit_vector(random, kStride);
    for (const IsaLevel level : levels()) {
        std::vector<float> together(9);
        scan_loops(level).dots(rows.data(), 9, kStride, query.data(), together.data());
        for (std::size_t row = 0; row < 9; ++row) {
            float alone = 0;
            scan_loops(level).dots(rows.data() + row * kStride, 1, kStride, query.data(), &alone);
            CHECK(alone == together[row]);
        }
    }
}

} // namespace scan_loops_test
