#include "active_inference/square_matrix.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace assay::active_inference;

namespace {

using Matrix = std::vector<double>;

Matrix random_matrix(std::size_t n, std::uint64_t seed) {
    assay::RandomSource random(seed);
    Matrix matrix(n * n);
    for (double& entry : matrix) {
        entry = random.unit();
    }
    return matrix;
}

} // namespace

TEST_CASE("a product equals the triple loop at every size") {
    for (std::size_t n = 1; n <= 41; n += n < 9 ? 1 : 8) {
        CAPTURE(n);
        const Matrix a = random_matrix(n, n), b = random_matrix(n, n + 100);
        Matrix product(n * n);
        multiply(n, a.data(), b.data(), product.data());
        for (std::size_t row = 0; row < n; ++row) {
            for (std::size_t column = 0; column < n; ++column) {
                double sum = 0;
                for (std::size_t k = 0; k < n; ++k) {
                    sum += a[row * n + k] * b[k * n + column];
                }
                REQUIRE(product[row * n + column] == doctest::Approx(sum).epsilon(1e-13));
            }
        }
    }
}

TEST_CASE("columns of a smoothing transpose are rows of the matrix divided by their sums") {
    const std::size_t n = 7;
    const Matrix matrix = random_matrix(n, 3);
    Matrix smoothing(n * n);
    smoothing_transpose(n, matrix.data(), smoothing.data());
    for (std::size_t row = 0; row < n; ++row) {
        double sum = 0;
        for (std::size_t column = 0; column < n; ++column) {
            sum += matrix[row * n + column];
        }
        double total = 0;
        for (std::size_t column = 0; column < n; ++column) {
            CHECK(smoothing[column * n + row] ==
                  doctest::Approx(matrix[row * n + column] / sum).epsilon(1e-13));
            total += smoothing[column * n + row];
        }
        CHECK(total == doctest::Approx(1).epsilon(1e-14));
    }
}

TEST_CASE("a state that cannot be reached smooths to equal shares") {
    const Matrix matrix{0, 0, 1, 1}; // the first row is never reached
    Matrix smoothing(4);
    smoothing_transpose(2, matrix.data(), smoothing.data());
    CHECK(smoothing == Matrix{0.5, 0.5, 0.5, 0.5});
}

TEST_CASE("results do not depend on where the matrices lie in memory") {
    const std::size_t n = 20;
    const Matrix a = random_matrix(n, 1), b = random_matrix(n, 2);
    Matrix product(n * n), smoothing(n * n);
    multiply(n, a.data(), b.data(), product.data());
    smoothing_transpose(n, product.data(), smoothing.data());
    for (std::size_t shift = 1; shift < 8; ++shift) {
        CAPTURE(shift);
        Matrix a2(n * n + shift), b2(n * n + 2 * shift), out(n * n + 3 * shift);
        std::copy(a.begin(), a.end(), a2.begin() + static_cast<std::ptrdiff_t>(shift));
        std::copy(b.begin(), b.end(), b2.begin() + static_cast<std::ptrdiff_t>(2 * shift));
        double* result = out.data() + 3 * shift;
        multiply(n, a2.data() + shift, b2.data() + 2 * shift, result);
        CHECK(std::equal(product.begin(), product.end(), result));
        Matrix transposed(n * n + shift);
        smoothing_transpose(n, result, transposed.data() + shift);
        CHECK(std::equal(smoothing.begin(), smoothing.end(), transposed.data() + shift));
    }
}
