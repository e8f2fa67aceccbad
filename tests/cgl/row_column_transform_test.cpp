// Transforms by rows and columns, held to the whole ones.
#include "exponential_factors.hpp"
#include "initial_field.hpp"
#include "row_column_transform.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace row_column_transform_test {

using namespace assay::cgl;

namespace {

// Modes of the field, block by block.
template <class Real>
std::vector<std::complex<Real>> modes_of(RowColumnTransform<Real>& transform, std::size_t n) {
    for (std::size_t block = 0; block < transform.blocks(); ++block) {
        transform.take_rows(block);
        transform.rows_to_modes(block);
    }
    std::vector<std::complex<Real>> modes;
    FieldBuffer<Real> some(n * transform.together());
    for (std::size_t block = 0; block < transform.blocks(); ++block) {
        transform.columns_to_modes(block, some.data());
        modes.insert(modes.end(), some.values().begin(), some.values().end());
        transform.columns_from_modes(block, some.data());
    }
    return modes;
}

template <class Real>
void check_against_whole(std::size_t n, double tolerance) {
    CAPTURE(n);
    const PlanOptions plans{.effort = PlanEffort::estimate};
    const ComplexField begin = initial_field(InitialField::noise, {.n = n, .length = 10}, 3);
    FieldBuffer<double> points(n * n), whole(n * n);
    std::copy(begin.begin(), begin.end(), points.data());
    FourierPair<double>(n, plans).forward(points.data(), whole.data());

    RowColumnTransform<Real> transform(n, plans);
    REQUIRE(n % transform.together() == 0);
    transform.put(begin);
    const auto modes = modes_of(transform, n);
    const ComplexValues expected = column_blocks(
        ComplexValues(whole.values().begin(), whole.values().end()), n, transform.together());
    REQUIRE(modes.size() == expected.size());
    double largest = 0, scale = 0;
    for (std::size_t i = 0; i < modes.size(); ++i) {
        largest = std::max(largest, std::abs(std::complex<double>(modes[i]) - expected[i]));
        scale = std::max(scale, std::abs(expected[i]));
    }
    CHECK(largest <= tolerance * scale);

    for (std::size_t block = 0; block < transform.blocks(); ++block) {
        transform.rows_to_points(block);
        transform.keep_rows(block);
    }
    ComplexField end(n * n);
    transform.get(end);
    double off = 0;
    for (std::size_t i = 0; i < end.size(); ++i) {
        off = std::max(off, std::abs(end[i] / static_cast<double>(n * n) - begin[i]));
    }
    CHECK(off <= 0.1 * tolerance); // of values up to 0.14
}

} // namespace

TEST_CASE("modes by rows and columns are those of the whole transform, and come back") {
    for (const std::size_t n : {8U, 10U, 14U, 50U, 64U, 98U, 210U, 512U}) {
        check_against_whole<double>(n, 1e-14);
        check_against_whole<float>(n, 2e-6);
    }
}

TEST_CASE("a field is kept as it is, and one without numbers is known") {
    const std::size_t n = 12;
    RowColumnTransform<double> transform(n, {.effort = PlanEffort::estimate});
    ComplexField begin = initial_field(InitialField::smooth, {.n = n, .length = 10}, 1);
    transform.put(begin);
    CHECK(transform.is_finite());
    ComplexField same(n * n);
    transform.get(same);
    CHECK(same == begin);
    begin.back() = {0, std::nan("")};
    transform.put(begin);
    CHECK_FALSE(transform.is_finite());
}

} // namespace row_column_transform_test
